/** One resource of a host under test, and its runs: what the rows of tests/hosts/contract.ts work with. */
import assert from "node:assert/strict";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type AnyKind, everyKind, type Subject } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import type { Difference, Ended, HostedResource, HostProcess, HostUnderTest, Kept } from "./hostUnderTest";

export interface Scene {
  readonly kind: AnyKind;
  readonly sandbox: Sandbox;
  readonly subject: Subject;
  readonly resource: HostedResource;
  /** The inputs of a program that asks for the rotation of a number. */
  news(number: number, more?: Properties): Properties;
  /** The same resource in another process, or of another copy of its class. */
  elsewhere(other: HostProcess, copy?: number): Scene;
  keyIn(kept: Kept | undefined): unknown;
  /** How many keys were made so far. */
  made(): number;
  /** A preview, in a run of its own: it may ask, and that is all. */
  preview(news: Properties, kept?: Kept): Promise<Difference>;
  /** An `up`, in a run of its own. */
  up(news: Properties, kept?: Kept): Promise<Ended>;
  /** An `up` that must succeed. */
  upDone(news: Properties, kept?: Kept): Promise<Kept>;
  /** `up`s from what a run has left, until nothing is due any more. */
  finish(news: Properties, kept: Kept | undefined): Promise<Kept>;
}

export interface Contract {
  readonly process: HostProcess;
  readonly sandbox: Sandbox;
  scene(kind: AnyKind, name?: string): Scene;
  /** One of every kind, all in one account. */
  everyScene(): Scene[];
}

/** What has to hold for a kind: the table of tests/hosts/contract.ts consists of such rows. */
export type Row = (scene: Scene, contract: Contract) => Promise<void>;

/** A sandbox for every test, and one process for all of them. To be called in a `describe`. */
export function eachContract(host: HostUnderTest): () => Contract {
  let process: HostProcess;
  let sandbox: Sandbox;

  before(async () => {
    process = await host.start();
  });
  after(() => process.stop());
  beforeEach(async () => {
    sandbox = await startSandbox();
    await process.begin(sandbox);
  });
  afterEach(async () => {
    assertSilent(process, sandbox);
    await sandbox.stop();
  });
  return () => ({
    process,
    sandbox,
    scene: (kind, name) => sceneOf(kind, sandbox, process, name),
    everyScene: () => everyKind.map((kind) => sceneOf(kind, sandbox, process, kind.credential.className)),
  });
}

/** Fails if the run has shown a key. */
export function assertSilent(process: HostProcess, { store }: Sandbox): void {
  const shown = process.shown().map(({ message }) => message);
  const said = [process.written(), ...shown].join("\n");
  assert.ok(!store.everyKey().some((key) => said.includes(key)), "a key is shown");
}

/** What the run has said so far, a line each. */
export const sayings = (process: HostProcess) =>
  process
    .shown()
    .map(({ message }) => message)
    .join("\n");

/** How many requests that change something the sandbox has got. */
export const changesAt = ({ requests }: Sandbox) => requests.filter(({ method }) => method !== "GET").length;

function sceneOf(kind: AnyKind, sandbox: Sandbox, process: HostProcess, name = "ci"): Scene {
  const { credential, graces } = kind;
  const subject = kind.add(sandbox, name);
  const grace = graces[0] === undefined ? {} : { oldKeyExpiry: graces[0] };

  function sceneIn(host: HostProcess, copy: number): Scene {
    const resource = host.resource(credential.className, name, copy);
    const scene: Scene = {
      kind,
      sandbox,
      subject,
      resource,
      news: (number, more = {}) => ({ ...subject.inputs, triggers: { number }, ...grace, ...more }),
      elsewhere: (other, otherCopy = 0) => sceneIn(other, otherCopy),
      keyIn: (kept) => kept?.outputs[credential.outputs.key],
      made: () => sandbox.requests.filter((request) => subject.hasMade(request)).length,
      async preview(news, kept) {
        await host.begin(sandbox);
        const before = changesAt(sandbox);
        const difference = await resource.preview(news, kept);
        assert.equal(changesAt(sandbox), before, "a preview changes nothing");
        return difference;
      },
      async up(news, kept) {
        await host.begin(sandbox);
        return resource.up(news, kept);
      },
      async upDone(news, kept) {
        const ended = await scene.up(news, kept);
        if (ended.error !== undefined) throw ended.error;
        return ended.kept ?? assert.fail("the resource is in the stack");
      },
      async finish(news, kept) {
        const settled = await scene.upDone(news, await scene.upDone(news, kept));
        assert.deepEqual(await scene.preview(news, settled), { changes: false, replaces: [] });
        assert.ok(subject.accepts(scene.keyIn(settled)), "the key of the state works");
        return settled;
      },
    };
    return scene;
  }
  return sceneIn(process, 0);
}
