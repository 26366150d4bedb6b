/**
 * kill −9 of the engine, and of what rotates for it, while a rotation or a creation is under way: the next `up` ends with a
 * working key. Every credential in every phase of a rotation, with either host.
 */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { killAll, type Process } from "../../tools/stack/processTree";
import { idsIn } from "../support/kindProvider";
import { type AnyKind, everyKind, type Subject } from "../support/kinds";
import { createPluginStack, type Declared, type PluginStack } from "../support/pluginStack";
import type { Properties } from "../support/providerProcess";
import { WHO } from "../support/routes";
import { isThorough } from "../support/thorough";
import {
  creationPhasesOf,
  type Phase,
  phasesOf,
  type Rotator,
  ROTATORS,
  THE_KEY_IS_MADE,
  upToKill,
  VICTIMS,
} from "../support/killing";

/** The cases of `npm run test:scenarios`: where a key is lost with a process, and where it is found again. All run every night. */
const isTelling = ({ isDynamic }: Rotator, { credential: { className } }: AnyKind, { when }: Phase) =>
  isThorough || (when === THE_KEY_IS_MADE && className === (isDynamic ? "RotatingSdkKey" : "AccessTokenRotation"));

/** The classes whose creations are killed: one of each strategy. In the scenarios, a creation whose key is lost with a process. */
const CREATED = isThorough ? ["AccessTokenRotation", "RotatingAccessToken"] : ["RotatingAccessToken"];

/** The credentials that have cases. */
const kindsOf = (rotator: Rotator) =>
  everyKind.filter((kind) => phasesOf(kind).some((phase) => isTelling(rotator, kind, phase)));

/** In the scenarios both victims, where a key is lost; what the other cases tell of the engine differs in nothing else. */
const victimsOf = (isTold: boolean) => (isThorough || isTold ? VICTIMS : VICTIMS.filter((one) => one === "rotator"));

/** How often each case runs: a process dies within a phase by chance. Every night often for one credential of each strategy. */
const timesOf = ({ isDynamic }: Rotator, { credential: { className } }: AnyKind) =>
  isThorough && !isDynamic && ["AccessTokenRotation", "RotatingAccessToken"].includes(className) ? 20 : 1;

for (const rotator of ROTATORS) {
  const kinds = kindsOf(rotator);

  describe(`pulumi, with an engine or ${rotator.name} that is killed`, function () {
    this.timeout(isThorough ? 3_600_000 : 240_000);
    let stack: PluginStack;
    let started: Process[];
    let subjects: Map<AnyKind, Subject>;
    const quarters = new Map<AnyKind, number>();
    /** The resources that come to the stack one by one. */
    const created: Declared[] = [];
    before(async () => {
      stack = await createPluginStack();
      subjects = new Map(kinds.map((kind) => [kind, kind.add(stack.sandbox, kind.credential.className)]));
      for (const kind of kinds) declare(kind);
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
      write();
    }
    function write() {
      const resources = kinds.map((kind) => {
        const { className, outputs } = kind.credential;
        const oldKeyExpiry = kind.graces[0] === undefined ? {} : { oldKeyExpiry: "24h" };
        const inputs = { ...subjectOf(kind).inputs, ...oldKeyExpiry, triggers: { quarter: quarters.get(kind) ?? 0 } };
        return { className, name: className, inputs, exports: [outputs.key], isDynamic: rotator.isDynamic };
      });
      stack.declare(...resources, ...created);
    }
    const subjectOf = (kind: AnyKind) => subjects.get(kind) ?? assert.fail(kind.credential.className);
    const keys = (kind: AnyKind) => stack.sandbox.requests.filter(subjectOf(kind).hasMade).length;

    async function keyOf({ credential: { className, outputs } }: AnyKind): Promise<unknown> {
      return (await stack.stack.outputs())[`${className}.${outputs.key}`];
    }

    /** The ids of the records that the state of a resource has. */
    function idsOf({ credential }: AnyKind, name: string): string[] {
      const stored = stack.resources().find(({ urn }) => urn.endsWith(`::${name}`)) ?? assert.fail(name);
      return credential.strategy === "reset" ? [] : idsIn(stored.outputs, credential.outputs);
    }

    /** What the stack exports works, and no record is forgotten. */
    function assertSound(outputs: Properties) {
      for (const kind of kinds) {
        const { credential } = kind;
        const subject = subjectOf(kind);
        assert.ok(subject.accepts(outputs[`${credential.className}.${credential.outputs.key}`]), credential.className);
        // The credentials of a kind may share a place; those of other kinds in it have a mark, too.
        assert.deepEqual(subject.marked().sort(), idsOf(kind, credential.className).sort(), credential.className);
      }
    }

    /** Has an `up` killed, and runs another one. @returns what that one has printed */
    async function killedAndUp(victim: (typeof VICTIMS)[number], phase: Phase): Promise<string> {
      await upToKill(stack, rotator, victim, phase, started);
      if (victim === "engine") assert.equal((await stack.pulumi("cancel", "--yes")).status, 0);
      const { status, output } = await stack.up();
      assert.equal(status, 0, output);
      return output;
    }
    async function assertNothingDue() {
      const { status, output } = await stack.up("--expect-no-changes");
      assert.equal(status, 0, output);
    }
    const nameOf = (victim: (typeof VICTIMS)[number]) => (victim === "engine" ? "the engine" : rotator.name);

    for (const kind of kinds) {
      for (const phase of phasesOf(kind).filter((one) => isTelling(rotator, kind, one))) {
        for (const victim of victimsOf(kind.losesKeys)) {
          it(`goes on after a kill of ${nameOf(victim)} ${phase.when}: ${kind.credential.className}`, async () => {
            for (let times = timesOf(rotator, kind); times > 0; times--) {
              const held = await keyOf(kind);
              declare(kind);
              const before = keys(kind);
              await killedAndUp(victim, phase);
              assert.notEqual(await keyOf(kind), held);
              assertSound(await stack.stack.outputs());
              if (kind.credential.strategy === "replace") assert.ok(subjectOf(kind).accepts(held), "its grace goes on");
              assert.ok(keys(kind) - before <= phase.keys, `${keys(kind) - before} keys`);
              await assertNothingDue();
            }
          });
        }
      }
    }

    // A dynamic provider is the engine's own program, and lives on: docs/facts/pulumi.md.
    if (rotator.isDynamic) return;
    for (const kind of everyKind.filter(({ credential }) => CREATED.includes(credential.className))) {
      const { className, outputs } = kind.credential;
      for (const phase of creationPhasesOf(kind).filter(({ when }) => isThorough || when === THE_KEY_IS_MADE)) {
        for (const victim of victimsOf(false)) {
          it(`ends a creation after a kill of ${nameOf(victim)} ${phase.when}: ${className}`, async () => {
            const name = `${className}-${created.length}`;
            const subject = kind.add(stack.sandbox, name);
            const [others, before] = [subject.marked(), stack.sandbox.requests.filter(subject.hasMade).length];
            const inputs = { ...subject.inputs, triggers: { quarter: 1 } };
            created.push({ className, name, inputs, exports: [outputs.key] });
            write();
            const printed = await killedAndUp(victim, phase);
            assert.ok(subject.accepts((await stack.stack.outputs())[`${name}.${outputs.key}`]), "the key works");
            const isForgotten = (id: string) => !others.includes(id) && !idsOf(kind, name).includes(id);
            const left = subject.marked().filter(isForgotten);
            assert.ok(
              left.every((id) => printed.includes(id)),
              `what is left is named: ${printed}`,
            );
            const made = stack.sandbox.requests.filter(subject.hasMade).length - before;
            assert.ok(made <= phase.keys, `${made} keys`);
            // A resource of the same name that goes in a later run would hand records on: the next one has another look.
            assert.equal((await stack.up()).status, 0);
            assert.deepEqual(subject.marked().filter(isForgotten), left, "nobody ends what somebody may use");
            await assertNothingDue();
          });
        }
      }
    }

    it("leaves no plugin behind", async () => {
      const kind = kinds[0] ?? assert.fail();
      declare(kind);
      const [left = assert.fail()] = await upToKill(stack, rotator, "engine", { route: WHO }, started);
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
