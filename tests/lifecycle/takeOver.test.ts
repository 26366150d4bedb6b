/** The first up of each credential, and the rest of what all of them have in common. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { kinds } from "../support/kinds";
import { rejection } from "../support/rejection";
import { WHO } from "../support/routes";

for (const kind of kinds) {
  const { credential, LOOK, RESET, VERIFY } = kind;
  const { isReadable, initialKey, outputs } = credential;

  describe(`the first up of ${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    it(`${isReadable ? "takes the key over and resets nothing" : "resets the key once"}, and leaves nothing due`, async () => {
      const { provider, token, inputs, keyIn, newRequests, currentKey } = subject();
      const { id, outs } = await provider.create(inputs());
      assert.equal(id, token.id);
      assert.deepEqual(newRequests(), isReadable ? [LOOK, WHO] : [WHO, LOOK, RESET, ...VERIFY]);
      assert.equal(keyIn(outs), currentKey());
      assert.equal(keyIn(outs) === token.key, isReadable);
      assert.equal(outs[outputs.lastFour], currentKey()?.slice(-4));
      assert.equal(outs["rotationCount"], isReadable ? 0 : 1);
      assert.deepEqual(await provider.diff(outs, inputs()), { changes: false, replaces: [] });
    });

    it("is replaced by that of another one, when its identity changes", async () => {
      const { provider, inputs } = subject();
      const { outs } = await provider.create(inputs());
      for (const name of credential.identity) {
        const replaced = { changes: true, replaces: [name] };
        assert.deepEqual(await provider.diff(outs, inputs({ [name]: "another" })), replaced);
      }
    });

    it("announces in the preview what it will do", async () => {
      const { provider, inputs } = subject();
      provider.shown.length = 0;
      assert.deepEqual((await provider.check({}, inputs())).failures, []);
      const said = isReadable ? /Will take over \(.*\): the current key, without a reset/ : /Will reset \(.*\): first/;
      assert.match(provider.shown.join(), said);
    });

    it("names every input that is wrong or missing, and repeats no value", async () => {
      const { provider, inputs } = subject();
      for (const name of credential.identity) {
        const rest = Object.fromEntries(Object.entries(inputs()).filter(([input]) => input !== name));
        const { failures } = await provider.check({}, rest);
        assert.equal(failures.length, 1);
        assert.match(String(failures[0]), new RegExp(`^\\|${name} is required: `));
        for (const value of ["sdk-0123/abc", "../x", "a b", ""]) {
          const wrong = (await provider.check({}, inputs({ [name]: value }))).failures;
          assert.equal(wrong.length, 1, value);
          assert.ok(!String(wrong[0]).includes("0123"), wrong[0]);
        }
      }
      const { failures } = await provider.check({}, inputs({ trigers: 1 }));
      assert.equal(failures.length, 1);
      assert.match(
        String(failures[0]),
        new RegExp(
          `^\\|trigers is no input of ${credential.className}; did you mean triggers\\? \\(its inputs: .*triggers, .*\\)$`,
        ),
      );
      assert.match(
        String((await provider.check({}, inputs({ somethingElse: 1 }))).failures[0]),
        /Rotation \(its inputs: /,
      );
    });

    it("leaves it alone at destroy", async () => {
      const { provider, inputs, keyIn, newRequests, accepts } = subject();
      const { outs } = await provider.create(inputs());
      newRequests();
      provider.shown.length = 0;
      await provider.delete(outs);
      assert.match(
        String(provider.shown[0]),
        isReadable
          ? /^info: Left alone \(.*\): nothing changes at LaunchDarkly\.$/
          : /^warning: Dropped a key \(.*\): .* stays as it is, but its key \(ending in \w{4}\) is gone from this stack\. .* pulumi stack export --version .* aliases/,
      );
      assert.deepEqual(newRequests(), []);
      assert.ok(accepts(keyIn(outs)));
    });

    it("rotates nothing while frozen, whatever asks for it, and what was due once it is thawed", async () => {
      const { provider, credential: one, token, inputs, keyIn, newRequests, currentKey } = subject();
      const first = isReadable ? {} : { [String(initialKey)]: token.key };
      const { outs } = await provider.create(inputs({ ...first, frozen: true }));
      assert.equal(keyIn(outs), token.key);
      newRequests();
      provider.shown.length = 0;
      const aged = { ...outs, adoptedAt: new Date(0).toISOString() };
      const edited = inputs({ triggers: { a: 2 }, rotateAfter: "90d" });
      const { changes } = await provider.diff(aged, { ...edited, frozen: true });
      assert.equal(changes, false);
      assert.match(
        provider.shown.join(),
        /Will not reset \(.*\): frozen is true, though a reset is due \(triggers\.a changed; \d+ days old/,
      );
      // As after a failed run, whatever diff said.
      const kept = await provider.update(aged, { ...edited, frozen: true });
      assert.deepEqual(newRequests(), []);
      assert.equal(keyIn(kept), token.key);

      one.resetElsewhere();
      const seen = (await provider.read(kept)).outs;
      await provider.update(seen, { ...edited, frozen: true });
      assert.ok(!newRequests().includes(RESET), "a foreign reset is not healed either");
      assert.equal((await provider.diff(seen, edited)).changes, true);
      assert.equal(keyIn(await provider.update(seen, edited)), currentKey());
      assert.ok(newRequests().includes(RESET));
    });

    if (isReadable) return;
    it("is refused when it is frozen and no key is given", async () => {
      const { provider, inputs } = subject();
      const { failures } = await provider.check({}, inputs({ frozen: true }));
      assert.equal(failures.length, 1);
      assert.match(
        String(failures[0]),
        new RegExp(`^\\|frozen must not be true .* Give ${String(initialKey)} the key`),
      );
    });

    it("takes over a given key without a reset, and refuses one that is not current", async () => {
      const { provider, credential: one, token, inputs, keyIn, newRequests } = subject();
      const news = inputs({ [String(initialKey)]: token.key });
      const { outs } = await provider.create(news);
      assert.equal(keyIn(outs), token.key);
      assert.ok(!newRequests().includes(RESET));
      const current = one.resetElsewhere(Date.now() + 3_600_000);
      const { message } = await rejection(provider.create(news));
      assert.match(
        message,
        new RegExp(`^Not taken over: .* ends in ${current.slice(-4)}\\. Give ${String(initialKey)}`),
      );
      assert.ok(!newRequests().includes(RESET));
    });
  });
}

describe("the first up of a readable key whose role hides it, in the dynamic-provider process", () => {
  const [sdk] = kinds.filter(({ credential }) => credential.className === "SdkKeyRotation");
  const subject = eachRotationProvider({ ...(sdk && { kind: sdk }) });

  for (const refusesWithoutViewSdkKey of [false, true]) {
    it(`is refused in words that name the permission: ${refusesWithoutViewSdkKey ? "refused" : "masked"}`, async () => {
      const { sandbox, provider, inputs, newRequests } = subject();
      sandbox.openQuestions.refusesWithoutViewSdkKey = refusesWithoutViewSdkKey;
      const { key } = sandbox.createToken({
        inlineRole: [{ effect: "allow", actions: ["updateApiKey"], resources: ["proj/*:env/*"] }],
      });
      await provider.configure({ "launchdarkly:apiHost": sandbox.url, "launchdarkly:accessToken": key });
      const { message } = await rejection(provider.create(inputs()));
      assert.match(message, /^Not taken over: .*viewSdkKey/);
      assert.deepEqual(newRequests(), [sdk?.LOOK]);
    });
  }
});

describe("a MobileKeyRotation, in the dynamic-provider process", () => {
  const [mobile] = kinds.filter(({ credential }) => credential.className === "MobileKeyRotation");
  const subject = eachRotationProvider({ ...(mobile && { kind: mobile }) });

  it("refuses oldKeyExpiry with the reason, and says in every rotation what becomes of the old key", async () => {
    const { provider, inputs } = subject();
    const { failures } = await provider.check({}, inputs({ oldKeyExpiry: "24h" }));
    assert.deepEqual(failures, [
      "|oldKeyExpiry is no input of MobileKeyRotation: LaunchDarkly ends the old mobile key at once, and apps that are out there stop evaluating flags until they are updated",
    ]);
    const { outs } = await provider.create(inputs());
    await provider.check(inputs(), inputs({ triggers: { a: 2 } }));
    provider.shown.length = 0;
    await provider.diff(outs, inputs({ triggers: { a: 2 } }));
    assert.match(
      String(provider.shown[0]),
      /^warning: Will reset \(mobile key of .*\): .* dies at once: apps that have it stop evaluating flags until they are updated\.$/,
    );
  });
});
