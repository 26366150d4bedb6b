/** Runs `pulumi up` under fire, and then the README's recovery procedure to the letter, until it succeeds. */
import { once } from "node:events";
import { rmSync } from "node:fs";
import path from "node:path";

import type { Sandbox } from "../../sandbox/sandbox";
import { clis, descendants, killAll, type Process, providers } from "../../tools/stack/processTree";
import type { Stack } from "../../tools/stack/stack";
import type { Workspace } from "../../tools/stack/workspace";
import type { Kill } from "./plan";
import type { RunRequests } from "./resets";

const UP = ["up", "--yes", "--non-interactive", "--skip-preview"];

/** More than any plan's faults can fail. */
const MOST_UPS = 30;

export interface Site {
  readonly sandbox: Sandbox;
  readonly stack: Stack;
  readonly workspace: Workspace;
}

export interface Run {
  readonly status: number | null;
  readonly output: string;
  /** What was killed in it. */
  readonly killed: Kill["victim"] | undefined;
  /** Whether it had hooks that never give up. If it succeeds, it may have left work to the next run. */
  readonly isHooked: boolean;
}

export interface FirstRun {
  /** Those of the first run, and of the ones after it. */
  readonly kills?: readonly (Kill | undefined)[];
  /** More words of the first run. */
  readonly words?: readonly string[];
  /** Whether the first run has hooks that never give up. Another one follows it in any case. */
  readonly isHooked?: boolean;
}

/**
 * @param afterRun told of every run, before anything else is done
 * @returns every run; the last one succeeded, if any did
 */
export async function upUntilItSucceeds(
  site: Site,
  afterRun: (run: Run) => Promise<void>,
  { kills = [], words: more = [], isHooked = false }: FirstRun = {},
): Promise<Run[]> {
  const runs: Run[] = [];
  const orphans: Process[] = [];
  try {
    do {
      const last = runs.at(-1)?.output ?? "";
      if (last.includes("the stack is currently locked")) await site.stack.pulumi("cancel", "--yes");
      if (last.includes("failed to load checkpoint")) deleteTornAttributes(site.workspace);
      const isFirst = runs.length === 0;
      const start = () => {
        if (isFirst && isHooked) return site.stack.startNode("hooked.js", ...more);
        return site.stack.start(...UP, ...(isFirst ? more : []));
      };
      const result = await upUnderFire(site, start, kills[runs.length], orphans);
      const run = { ...result, isHooked: isFirst && isHooked };
      runs.push(run);
      await afterRun(run);
    } while (!isOver(runs.at(-1)) && runs.length < MOST_UPS);
    return runs;
  } finally {
    killAll(orphans);
  }
}

const isOver = (run: Run | undefined) => run?.status === 0 && !run.isHooked;

/** `pulumi up`, and a kill at the planned moment. */
async function upUnderFire(
  { sandbox }: Site,
  start: () => ReturnType<Stack["start"]>,
  kill: Kill | undefined,
  orphans: Process[],
): Promise<Omit<Run, "isHooked">> {
  const child = start();
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));

  let killed: Kill["victim"] | undefined;
  let timer: NodeJS.Timeout | undefined;
  const getReady = ({ victim, delayMs }: Kill) => {
    timer ??= setTimeout(() => {
      if (child.exitCode !== null) return;
      killed = victim;
      const started = descendants(child.pid ?? 0);
      if (victim !== "provider") orphans.push(...started);
      if (victim !== "cli") killAll(providers(started));
      if (victim === "provider") return;
      // A run with hooks has the CLI below it.
      killAll(clis(started));
      child.kill("SIGKILL");
    }, delayMs);
  };
  let requests = 0;
  const count = () => {
    if (kill?.afterRequests !== undefined && ++requests > kill.afterRequests) getReady(kill);
  };
  if (kill !== undefined && kill.afterRequests === undefined) getReady(kill);
  sandbox.events.on("arrived", count);
  // Not "close": the orphans of a killed CLI keep its output open.
  const [status] = (await once(child, "exit")) as [number | null];
  clearTimeout(timer);
  sandbox.events.off("arrived", count);
  return { status, output, killed };
}

/** What the CLI writes beside the state, and leaves empty if it is killed then. */
function deleteTornAttributes({ aside }: Workspace): void {
  rmSync(path.join(aside, "state", ".pulumi", "stacks", "chaos", "dev.json.attrs"));
}

/** What the sandbox got in a run, and what the CLI printed. */
export function logOf({ status, killed, output, requests }: Run & RunRequests): string {
  const ended = killed === undefined ? `exit code ${String(status)}` : `${killed} killed`;
  const sent = requests.map(({ method, path: at, status: answer, fault }) => {
    return `${method} ${at} ${String(answer)}${fault === undefined ? "" : ` (${fault})`}`;
  });
  return [`--- pulumi up: ${ended}`, ...sent, output].join("\n");
}
