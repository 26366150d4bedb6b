/**
 * kill −9 of the engine, and of what rotates for it, while a rotation is under way: the next `up` ends with a working key.
 * Every credential in every phase, with either host.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { descendants, killAll, type Process, providers } from "../../tools/stack/processTree";
import { idsIn } from "../support/kindProvider";
import { type AnyKind, everyKind, type Subject } from "../support/kinds";
import { createPluginStack, type PluginStack } from "../support/pluginStack";
import type { Properties } from "../support/providerProcess";
import { WHO } from "../support/routes";
import { isThorough } from "../support/thorough";

/** What rotates for the engine. */
interface Rotator {
  readonly name: string;
  readonly isDynamic: boolean;
  find(all: readonly Process[]): readonly Process[];
}

const ROTATORS: readonly Rotator[] = [
  { name: "the dynamic provider", isDynamic: true, find: providers },
  { name: "the plugin", isDynamic: false, find: (all) => all.filter(({ command }) => command.includes("plugin.cjs")) },
];

/** A process is killed at the first of these requests, before its answer leaves. */
interface Phase {
  readonly when: string;
  readonly route: string;
  readonly skip?: number;
  /** The most keys that the rotation makes. */
  readonly keys: number;
}

const THE_KEY_IS_MADE = "between the making of the key and its answer";

/** The phases of a rotation. Nobody has got the key whose answer was on its way; one that has an identifier is found again. */
function phasesOf(kind: AnyKind): Phase[] {
  const { credential, VERIFY, LOOK, MAKE, isRepeatable, losesKeys } = kind;
  const keys = isRepeatable ? 1 : 2;
  const looksBefore = credential.strategy === "replace" ? losesKeys : credential.isReadable;
  const before = looksBefore ? LOOK : VERIFY[0];
  return [
    ...(before === undefined ? [] : [{ when: "before the key is made", route: before, keys: 1 }]),
    { when: THE_KEY_IS_MADE, route: MAKE, keys },
    // The first time, it is asked whose key the stack's is.
    ...VERIFY.map((route) => ({ when: "between the making of the key and its proof", route, skip: 1, keys })),
    ...("routes" in kind ? [{ when: "before the end of the key before", route: kind.routes.change, keys }] : []),
  ];
}

/** The cases of `npm test`: where a key is lost with a process, and where it is found again. All run every night. */
const isTelling = ({ isDynamic }: Rotator, { credential: { className } }: AnyKind, { when }: Phase) =>
  isThorough || (when === THE_KEY_IS_MADE && className === (isDynamic ? "RotatingSdkKey" : "AccessTokenRotation"));

/** How often each case runs: a process dies within a phase by chance. Every night often for one credential of each strategy. */
const timesOf = ({ isDynamic }: Rotator, { credential: { className } }: AnyKind) =>
  isThorough && !isDynamic && ["AccessTokenRotation", "RotatingAccessToken"].includes(className) ? 20 : 1;

for (const rotator of ROTATORS) {
  describe(`pulumi, with an engine or ${rotator.name} that is killed`, function () {
    this.timeout(isThorough ? 3_600_000 : 240_000);
    let stack: PluginStack;
    let started: Process[];
    let subjects: Map<AnyKind, Subject>;
    const quarters = new Map<AnyKind, number>();
    before(async () => {
      stack = await createPluginStack();
      subjects = new Map(everyKind.map((kind) => [kind, kind.add(stack.sandbox, kind.credential.className)]));
      for (const kind of everyKind) declare(kind);
      const { status, output } = await stack.up();
      assert.equal(status, 0, output);
    });
    beforeEach(() => {
      started = [];
    });
    afterEach(() => {
      killAll(started);
    });
    after(() => stack.stop());

    /** Gives a resource another trigger. */
    function declare(due: AnyKind) {
      quarters.set(due, (quarters.get(due) ?? 0) + 1);
      const resources = everyKind.map((kind) => {
        const { className, outputs } = kind.credential;
        const oldKeyExpiry = kind.graces[0] === undefined ? {} : { oldKeyExpiry: "24h" };
        const inputs = { ...subjectOf(kind).inputs, ...oldKeyExpiry, triggers: { quarter: quarters.get(kind) ?? 0 } };
        return { className, name: className, inputs, exports: [outputs.key], isDynamic: rotator.isDynamic };
      });
      stack.declare(...resources);
    }
    const subjectOf = (kind: AnyKind) => subjects.get(kind) ?? assert.fail(kind.credential.className);
    const keys = (kind: AnyKind) => stack.sandbox.requests.filter(subjectOf(kind).hasMade).length;

    async function keyOf({ credential: { className, outputs } }: AnyKind): Promise<unknown> {
      return (await stack.stack.outputs())[`${className}.${outputs.key}`];
    }

    /** What the stack exports works, and no record is forgotten. */
    function assertSound(outputs: Properties) {
      for (const kind of everyKind) {
        const { credential } = kind;
        const subject = subjectOf(kind);
        assert.ok(subject.accepts(outputs[`${credential.className}.${credential.outputs.key}`]), credential.className);
        const type = new RegExp(`:${credential.className}$`);
        const stored = stack.resources().find((one) => type.test(one.type)) ?? assert.fail(credential.className);
        const known = credential.strategy === "reset" ? [] : idsIn(stored.outputs, credential.outputs);
        // The credentials of a kind may share a place; those of other kinds in it have a mark, too.
        assert.deepEqual(subject.marked().sort(), known.sort(), credential.className);
      }
    }

    /** Starts an `up`, and kills the victim when the request of the phase is under way. */
    async function upToKill(victim: "engine" | "rotator", { route, skip = 0 }: Pick<Phase, "route" | "skip">) {
      const { sandbox } = stack;
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
      const child = stack.stack.start("up", "--yes", "--non-interactive", "--skip-preview");
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
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

    for (const kind of everyKind) {
      for (const phase of phasesOf(kind).filter((one) => isTelling(rotator, kind, one))) {
        for (const victim of ["rotator", "engine"] as const) {
          const killed = victim === "engine" ? "the engine" : rotator.name;
          it(`goes on after a kill of ${killed} ${phase.when}: ${kind.credential.className}`, async () => {
            for (let times = timesOf(rotator, kind); times > 0; times--) {
              const held = await keyOf(kind);
              declare(kind);
              const before = keys(kind);
              await upToKill(victim, phase);
              if (victim === "engine") assert.equal((await stack.pulumi("cancel", "--yes")).status, 0);
              const up = await stack.up();
              assert.equal(up.status, 0, up.output);
              assert.notEqual(await keyOf(kind), held);
              assertSound(await stack.stack.outputs());
              if (kind.credential.strategy === "replace") assert.ok(subjectOf(kind).accepts(held), "its grace goes on");
              assert.ok(keys(kind) - before <= phase.keys, `${keys(kind) - before} keys`);
              const { status, output } = await stack.up("--expect-no-changes");
              assert.equal(status, 0, output);
            }
          });
        }
      }
    }

    // A dynamic provider is the engine's own program, and lives on: docs/facts/pulumi.md.
    if (rotator.isDynamic) return;
    it("leaves no plugin behind", async () => {
      const kind = everyKind[0] ?? assert.fail();
      declare(kind);
      const [left = assert.fail()] = await upToKill("engine", { route: WHO });
      const isThere = () => {
        try {
          return process.kill(left.id, 0);
        } catch {
          return false;
        }
      };
      const begun = performance.now();
      while (isThere()) {
        assert.ok(performance.now() - begun < 30_000, "it is still there");
        await sleep(100);
      }
      await stack.pulumi("cancel", "--yes");
    });
  });
}
