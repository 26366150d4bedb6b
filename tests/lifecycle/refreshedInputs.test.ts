/** Pulumi's diff in a refresh, which hands in the inputs of the last run: it never fails, whatever they ask for. */
import assert from "node:assert/strict";

import { type Provider } from "../../provider/hosts/dynamic/provider";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import { ownerOf } from "../support/kindProvider";
import { everyKind, ownedKinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";

const PASSED = { oldKeyExpiry: "2020-01-01T00:00:00Z" };
const DUE = { triggers: { a: 2 } };

for (const kind of everyKind) {
  const { credential, graces } = kind;
  const { className } = credential;
  const owner = credential.strategy === "replace" ? ownerOf(className) : undefined;
  /** Of another resource of the class. */
  const another = { tokenId: "another", configurationId: "another", projectKey: "another", environmentKey: "another" };
  const others: Properties = {
    ...(owner !== undefined && { owner: `${owner}2`, name: "b" }),
    ...Object.fromEntries(Object.entries(another).filter(([input]) => kind.inputNames.includes(input))),
  };

  describe(`a refresh of ${className} whose inputs of the last run can't be carried out`, () => {
    let sandbox: Sandbox;
    let shown: string[];
    let news: Properties;
    let state: Properties;

    /** The provider of a run of its own. */
    const provider = (): Promise<Provider> =>
      inProcessProvider(
        sandbox,
        { wait: () => Promise.resolve(), log: (_, message) => Promise.resolve(void shown.push(message)) },
        { port: credential },
      );

    beforeEach(async () => {
      sandbox = await startSandbox();
      shown = [];
      news = { ...(owner !== undefined && { owner }), ...kind.add(sandbox, "ci").inputs, triggers: { a: 1 } };
      state = JSON.parse(JSON.stringify((await (await provider()).create(news)).outs)) as Properties;
      shown = [];
    });
    afterEach(() => sandbox.stop());

    /** As the engine does: read, then diff with the inputs of the last run, and no check. */
    async function refresh(stored: Properties, { read, diff }: Provider) {
      const props = (await read("id", state)).props as Properties;
      return diff("id", JSON.parse(JSON.stringify(props)) as Properties, stored);
    }

    /** As the engine does in an `up`. */
    async function up(stored: Properties, { check, diff, update }: Provider) {
      assert.deepEqual((await check(stored, { ...stored, __preview: false })).failures, []);
      const { changes } = await diff("id", state, stored);
      return changes === true ? update("id", state, stored) : undefined;
    }

    if (graces.length > 0) {
      it("passes with an instant that has passed and a rotation that is due, and the up says it", async () => {
        const stored = { ...news, ...PASSED, ...DUE };
        assert.equal((await refresh(stored, await provider())).changes, true);
        assert.deepEqual(shown, []);
        await assert.rejects(up(stored, await provider()), {
          message: /Can't (?:reset|rotate)(?: \(ci\))?: oldKeyExpiry is .* has passed/,
        });
        const { check, update } = await provider();
        await check(stored, stored);
        await assert.rejects(
          update("id", state, stored),
          { message: /oldKeyExpiry is .* has passed/ },
          "whatever diff has said",
        );
      });

      it("passes in a run whose program was checked for another resource, and the corrected program goes on", async () => {
        const stored = { ...news, ...PASSED, rotateAfter: "1ms" };
        const run = await provider();
        await run.check({}, { ...others, __preview: false });
        assert.equal((await refresh(stored, run)).changes, true);
        await up({ ...stored, oldKeyExpiry: "1h" }, await provider());
      });
    }

    it("passes with inputs that this release refuses, and settings that are wrong", async () => {
      const { diff, configure } = await provider();
      await configure({ config: { get: () => undefined } as never });
      for (const odd of [{ gone: 1 }, { rotateAfter: "soon" }, { triggers: () => 1 }, { oldKeyExpiry: "" }]) {
        assert.deepEqual(await diff("id", state, { ...news, ...odd }), { changes: false });
      }
      assert.deepEqual(shown, []);
    });
  });
}

for (const kind of ownedKinds) {
  const { credential } = kind;

  describe(`a refresh of ${credential.className} whose previous key lives`, () => {
    it("passes with an edited end that has passed, which the up refuses", async () => {
      const sandbox = await startSandbox();
      try {
        const run = () => inProcessProvider(sandbox, {}, { port: credential });
        const { inputs } = kind.add(sandbox, "ci");
        const news = { owner: ownerOf(credential.className), ...inputs, triggers: { a: 1 } };
        const first = (await (await run()).create(news)).outs as Properties;
        const rotated = { ...news, ...DUE };
        const state = (await (await run()).update("id", first, rotated)).outs as Properties;
        const { diff } = await run();
        assert.equal((await diff("id", state, { ...rotated, ...PASSED })).changes, true);
        const { check, diff: diffOfUp } = await run();
        await check(rotated, { ...rotated, ...PASSED });
        await assert.rejects(diffOfUp("id", state, { ...rotated, ...PASSED }), {
          message: /Can't end the previous (?:token|key)/,
        });
      } finally {
        await sandbox.stop();
      }
    });
  });
}
