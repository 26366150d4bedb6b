/** kill −9 of what makes keys, within a phase of that: for tests/scenarios/killTable.ts. */
import assert from "node:assert/strict";
import { once } from "node:events";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { descendants, killAll, type Process, providers } from "../../tools/stack/processTree";
import type { AnyKind } from "./kinds";
import type { PluginStack } from "./pluginStack";

/** What rotates for the engine. */
export interface Rotator {
  readonly name: string;
  readonly isDynamic: boolean;
  find(all: readonly Process[]): readonly Process[];
}

export const ROTATORS: readonly Rotator[] = [
  { name: "the dynamic provider", isDynamic: true, find: providers },
  { name: "the plugin", isDynamic: false, find: (all) => all.filter(({ command }) => command.includes("plugin.cjs")) },
];

export const VICTIMS = ["rotator", "engine"] as const;

/** A process is killed at the first of these requests, before its answer leaves. */
export interface Phase {
  readonly when: string;
  readonly route: string;
  readonly skip?: number;
  /** The most keys that are made. */
  readonly keys: number;
}

export const THE_KEY_IS_MADE = "between the making of the key and its answer";

/** The phases of a rotation. Nobody has got the key whose answer was on its way; one that has an identifier is found again. */
export function phasesOf(kind: AnyKind): Phase[] {
  const { credential, VERIFY, LOOK, losesKeys } = kind;
  const looksBefore = credential.strategy === "replace" ? losesKeys : credential.isReadable;
  const before = looksBefore ? LOOK : VERIFY[0];
  const { keys } = making(kind);
  return [
    ...(before === undefined ? [] : [{ when: "before the key is made", route: before, keys: 1 }]),
    ...making(kind).phases,
    ...("routes" in kind ? [{ when: "before the end of the key before", route: kind.routes.change, keys }] : []),
  ];
}

/** Those of the first `up` of a resource. */
export function creationPhasesOf(kind: AnyKind): Phase[] {
  return [{ when: "before the key is made", route: kind.LOOK, keys: 1 }, ...making(kind).phases];
}

function making({ VERIFY, MAKE, isRepeatable }: AnyKind) {
  const keys = isRepeatable ? 1 : 2;
  const phases: readonly Phase[] = [
    { when: THE_KEY_IS_MADE, route: MAKE, keys },
    // The first time, it is asked whose key the stack's is.
    ...VERIFY.map((route) => ({ when: "between the making of the key and its proof", route, skip: 1, keys })),
  ];
  return { keys, phases };
}

/**
 * Starts an `up`, and kills the victim when the request of the phase is under way.
 *
 * @param started gets every process that was started
 * @returns what has rotated
 */
export async function upToKill(
  { stack, sandbox }: PluginStack,
  rotator: Rotator,
  victim: (typeof VICTIMS)[number],
  { route, skip = 0 }: Pick<Phase, "route" | "skip">,
  started: Process[],
): Promise<readonly Process[]> {
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  sandbox.faults.add({ route, when: "after", skip, fault: { kind: "hold", until } });
  const held = new Promise<void>((resolve) => {
    const onProcessed = (request: LoggedRequest) => {
      if (request.fault === undefined) return;
      sandbox.events.off("processed", onProcessed);
      resolve();
    };
    sandbox.events.on("processed", onProcessed);
  });
  const child = stack.start("up", "--yes", "--non-interactive", "--skip-preview");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "exit");
  // An up that comes to no such request would be waited for in vain.
  await Promise.race([held, ended.then(() => assert.fail(output))]);
  const all = descendants(child.pid ?? 0);
  started.push(...all);
  assert.ok(rotator.find(all).length > 0, "the process that rotates was found");
  if (victim === "rotator") killAll(rotator.find(all));
  else child.kill("SIGKILL");
  await ended;
  release();
  await sandbox.idle();
  sandbox.faults.clear();
  return rotator.find(all);
}
