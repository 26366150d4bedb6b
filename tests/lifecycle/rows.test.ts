/** On which row of the CLI a message stands, by what the provider sends with it. */
import assert from "node:assert/strict";

import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import type { Provider } from "../../provider/hosts/dynamic/provider";
import { urnIn } from "../../provider/model/mark";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import { kinds } from "../support/kinds";
import { OWNER } from "../support/ownedProvider";
import type { Properties } from "../support/providerProcess";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";

/** What was shown, and on whose row: a URN, or the stack's. */
type Shown = [urn: string | undefined, message: string][];

const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/launchdarkly:Rotation::ci";
const PREVIEW = { __preview: true, __urn: URN };
const UPDATE = { __preview: false, __urn: URN };

describe("messages", () => {
  let sandbox: Sandbox;
  let shown: Shown;

  beforeEach(async () => {
    sandbox = await startSandbox();
    shown = [];
  });
  afterEach(() => sandbox.stop());

  /** Methods of a new process: each phase of a run has one. */
  const start = (options: Parameters<typeof inProcessProvider>[2]): Promise<Provider> => {
    const log = (_severity: string, message: string, urn?: string) => {
      shown.push([urn, message]);
      return Promise.resolve();
    };
    return inProcessProvider(sandbox, { log }, options);
  };
  const verdicts = () => shown.map(([urn, message]) => [urn, message.replace(/:.*/s, "")]);
  /** What is shown with a resource names it, because --diff shows it without. */
  const named = (verdict: string) => `${verdict} (ci)`;

  for (const { credential, rotatable } of kinds) {
    describe(`of ${credential.className}`, () => {
      const { isReadable, noGrace, wording } = credential;
      let inputs: Properties;
      let process: () => Promise<Provider>;

      beforeEach(() => {
        const grace = noGrace === undefined ? { oldKeyExpiry: "1h" } : {};
        inputs = { ...rotatable.add(sandbox, "ci").identity, triggers: { a: 1 }, ...grace };
        process = () => start({ port: credential });
      });

      async function created(): Promise<Properties> {
        const provider = await process();
        await provider.check({}, { ...inputs, ...UPDATE });
        const outs = (await provider.create(inputs)).outs as Properties;
        shown.length = 0;
        return outs;
      }

      it("stand on the resource's own row: the preview says what will be, and the up what was done", async () => {
        const preview = await process();
        const checked = await preview.check({}, { ...inputs, ...PREVIEW });
        assert.deepEqual(checked.inputs, inputs, "the notes go no further");
        assert.deepEqual(verdicts(), [[URN, named(isReadable ? "Will take over" : "Will reset")]]);
        shown.length = 0;
        const up = await process();
        await up.check({}, { ...inputs, ...UPDATE });
        const outs = (await up.create(inputs)).outs as Properties;
        assert.deepEqual(verdicts(), [[URN, named(isReadable ? "Taken over" : "Reset")]]);

        shown.length = 0;
        const news = { ...inputs, triggers: { a: 2 } };
        const second = await process();
        await second.check(inputs, { ...news, ...PREVIEW });
        await second.diff("", outs, news);
        assert.deepEqual(verdicts(), [[URN, named("Will reset")]]);
        shown.length = 0;
        const last = await process();
        await last.check(inputs, { ...news, ...UPDATE });
        await last.diff("", outs, news);
        const after = (await last.update("", outs, news)).outs as Properties;
        assert.deepEqual(verdicts(), [[URN, named("Reset")]]);
        assert.match(
          String(shown[0]?.[1]),
          /^Reset \(ci\): triggers\.a changed\. The new key ends in \w{4}\. The old key /,
        );
        await last.delete("", after);
        assert.equal(shown[1]?.[0], URN, "also when the resource is replaced");
      });

      it("name the credential on the stack's row where no program runs, and a refresh says once what it found", async () => {
        const outs = await created();
        const provider = await process();
        const [id] = Object.values(credential.identity.map((name) => inputs[name])).slice(-1);
        await provider.diff("", outs, { ...inputs, triggers: { a: 2 } });
        assert.equal(shown.length, 0, "a refresh calls diff as well");
        await provider.delete("", outs);
        const [urn, message] = shown[0] ?? assert.fail();
        assert.equal(urn, undefined);
        assert.match(message, new RegExp(`^[^:]+ \\(${wording.noun} .*${String(id)}\\): `));
      });

      it("say that it is frozen in every phase, since nothing else would", async () => {
        const outs = await created();
        const news = { ...inputs, triggers: { a: 2 }, frozen: true };
        for (const [note, verdict] of [
          [PREVIEW, "Will not reset"],
          [UPDATE, "Not reset"],
        ] as const) {
          shown.length = 0;
          const provider = await process();
          await provider.check(inputs, { ...news, ...note });
          await provider.diff("", outs, news);
          assert.deepEqual(verdicts(), [[URN, named(verdict)]]);
        }
      });

      it("announce what will be for a program that does not say what it is a part of", async () => {
        const provider = await process();
        await provider.check({}, inputs);
        assert.equal(shown.length, 1);
        assert.match(String(shown[0]?.[1]), /^Will (?:reset|take over) \(/);
      });
    });
  }

  it("of failures name their resource, too, and the stack's row does not repeat them", async () => {
    const provider = await start({ lifecycle: lifecycleOf(rotatingAccessToken) });
    sandbox.openQuestions.tokenLimit = 0;
    const inputs = { owner: OWNER, name: "ci", role: "writer" };
    const failure: unknown = await provider.create(inputs).catch((error: unknown) => error);
    assert.ok(failure instanceof Error);
    assert.match(failure.message, /^Not created \(ci\): .*token_limit_reached/);
    assert.equal(failure.stack, "", "a crash dump has the message alone");
    // As the SDK prints it.
    assert.equal(`${String(failure)}: ${failure.stack}`, "Not created (ci): see the error of the resource.");
  });

  it("of a token that the stack owns stand on its own row, and the up does not repeat the preview", async () => {
    const process = () => start({ lifecycle: lifecycleOf(rotatingAccessToken) });
    const inputs = { owner: OWNER, name: "ci", role: "writer", triggers: { a: 1 } };
    await (await process()).check({}, { ...inputs, ...PREVIEW });
    assert.deepEqual(verdicts(), [[urnIn(OWNER), named("Will create")]]);
    shown.length = 0;
    const up = await process();
    await up.check({}, { ...inputs, ...UPDATE });
    const outs = (await up.create(inputs)).outs as Properties;
    assert.deepEqual(verdicts(), [[urnIn(OWNER), named("Created")]]);
    shown.length = 0;
    const news = { ...inputs, triggers: { a: 2 } };
    const second = await process();
    await second.diff("", outs, news);
    assert.equal(shown.length, 0, "a refresh");
    await second.check(inputs, { ...news, ...PREVIEW });
    await second.diff("", outs, news);
    assert.deepEqual(verdicts(), [[urnIn(OWNER), named("Will rotate")]]);
    shown.length = 0;
    const last = await process();
    await last.check(inputs, { ...news, ...UPDATE });
    await last.diff("", outs, news);
    await last.update("", outs, news);
    assert.deepEqual(verdicts(), [
      [urnIn(OWNER), named("Rotated")],
      [urnIn(OWNER), named("Retired")],
    ]);
  });
});
