/** A resource of any kind, at a sandbox, in the test's own process: what its methods get and leave. */
import assert from "node:assert/strict";

import { PartialFailure, type Provider } from "../../provider/hosts/dynamic/provider";
import type { Host } from "../../provider/run/host";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/sandbox";
import { hostAt, inProcessProvider, stored } from "./inProcessProvider";
import type { AnyKind, Subject } from "./kinds";
import type { Properties } from "./providerProcess";

/** What the engine keeps of a resource, and what a run of it came to. */
export interface Run {
  /** Undefined while the resource is not in the state. */
  readonly state: Properties | undefined;
  readonly error: Error | undefined;
}

export const nothing: Run = { state: undefined, error: undefined };

export interface KindProvider {
  readonly kind: AnyKind;
  readonly sandbox: Sandbox;
  readonly subject: Subject;
  readonly shown: string[];
  /** Methods of a new process: each `up` has one. */
  provider(): Promise<Provider>;
  inputs(more?: Properties): Properties;
  /** The key in a state, or undefined. */
  keyIn(state: Properties | undefined): unknown;
  /** One `pulumi up`, as the engine does it: creates, or updates if diff or a failed run before says so. */
  up(before: Run, news: Properties): Promise<Run>;
  /** `up`s until one succeeds. */
  upUntilDone(before: Run, news: Properties): Promise<Properties>;
  /** The state after a refresh. */
  read(state: Properties): Promise<Properties>;
  /** The routes of the requests that the sandbox got since the last call. */
  newRequests(): string[];
  /** How many keys were made so far, in the place of its records or of the credential that is reset. */
  made(): number;
  /** The ids of the records with a mark at the sandbox. */
  marked(): string[];
  accepts(key: unknown): boolean;
  /** Fails if a record at the sandbox is neither in the state nor named for a person, or the state's key does not work. */
  assertSound(state: Properties): void;
  /** Fails if a key that the sandbox knows was shown. */
  assertSilent(): void;
  stop(): Promise<void>;
}

/** What a class adds to the inputs of a resource that owns its records. */
export const ownerOf = (className: string) =>
  `organization/urn:pulumi:production::shop::pulumi-nodejs:dynamic/launchdarkly:${className}::ci`;

export async function startKindProvider(
  kind: AnyKind,
  options: SandboxOptions = {},
  host: Partial<Host> = {},
): Promise<KindProvider> {
  const { credential } = kind;
  const sandbox = await startSandbox(options);
  const subject = kind.add(sandbox, "ci");
  const own =
    credential.strategy === "replace"
      ? { owner: ownerOf(credential.className) }
      : kind.graces[0] !== undefined && { oldKeyExpiry: kind.graces[0] };
  const shown: string[] = [];
  const errors: string[] = [];
  let seen = 0;

  const provider = () => inProcessProvider(sandbox, { ...hostAt(sandbox, shown), ...host }, { port: credential });

  // A record that is taken away was made all the same.
  const keys = new Set<string>();
  const note = () => {
    for (const { key } of subject.place?.records() ?? []) keys.add(key);
  };
  sandbox.events.on("processed", note);
  function made(): number {
    note();
    return subject.place === undefined ? sandbox.requests.filter(subject.hasMade).length : keys.size;
  }

  async function up({ state, error: before }: Run, news: Properties): Promise<Run> {
    const { check, create, diff, update } = await provider();
    try {
      const { failures = [] } = await check(state === undefined ? {} : news, news);
      if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
      if (state === undefined) return { state: stored((await create(news)).outs), error: undefined };
      const { changes, replaces } = await diff("", state, news);
      assert.deepEqual(replaces ?? [], []);
      if (changes !== true && before === undefined) return { state, error: undefined };
      return { state: stored((await update("", state, news)).outs), error: undefined };
    } catch (error) {
      assert.ok(error instanceof Error);
      errors.push(error.message);
      return { state: error instanceof PartialFailure ? stored(error.properties) : state, error };
    }
  }

  function assertSilent(): void {
    const said = [...shown, ...errors].join("\n");
    assert.ok(!sandbox.store.everyKey().some((key) => said.includes(key)), "the provider has shown a key");
  }

  return {
    kind,
    sandbox,
    subject,
    shown,
    provider,
    inputs: (more = {}) => ({ ...own, ...subject.inputs, triggers: { a: 1 }, ...more }),
    keyIn: (state) => state?.[credential.outputs.key],
    up,
    async upUntilDone(before, news) {
      let run = before;
      for (let runs = 1; runs <= 5; runs++) {
        run = await up(run, news);
        if (run.error === undefined && run.state !== undefined) return run.state;
      }
      throw run.error ?? new Error("no up succeeded");
    },
    read: async (state) => stored((await (await provider()).read("", state)).props),
    newRequests() {
      const routes = sandbox.requests.slice(seen).map(({ route }) => route);
      seen = sandbox.requests.length;
      return routes;
    },
    made,
    marked: () => subject.marked(),
    accepts: (key) => subject.accepts(key),
    assertSound(state) {
      assert.ok(subject.accepts(state[credential.outputs.key]), "the state's key works");
      const known = credential.strategy === "reset" ? [] : idsIn(state, credential.outputs);
      const isNamed = (id: string) => shown.some((line) => line.includes(id) && line.includes("Left alone"));
      const forgotten = subject.marked().filter((id) => !known.includes(id) && !isNamed(id));
      assert.deepEqual(forgotten, [], "no record is forgotten");
    },
    assertSilent,
    async stop() {
      assertSilent();
      await sandbox.stop();
    },
  };
}

/** The ids of the records that a state knows. */
export function idsIn(state: Properties, names: { readonly id: string; readonly previous: string }): string[] {
  const previous = (state[names.previous] as { id: string }[]).map(({ id }) => id);
  return [String(state[names.id]), ...previous];
}

/** One for every test, at a sandbox whose clock stands still. To be called in a `describe`. */
export function eachKindProvider(kind: AnyKind): () => KindProvider {
  let provider: KindProvider;
  beforeEach(async () => {
    provider = await startKindProvider(kind);
    provider.sandbox.clock.hold();
  });
  afterEach(() => provider.stop());
  return () => provider;
}
