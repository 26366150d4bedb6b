/** A resource that leaves the program: what the preview of its new name can tell, and what of a key that another one has. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { ownerOf } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { type RotationProvider, startRotationProvider } from "../../support/rotationProvider";

const PREVIEW = { __preview: true };

for (const kind of ownedKinds) {
  const { className, wording } = kind.credential;

  describe(`the record of a ${className}, under another name of its resource`, () => {
    const subject = eachOwned(kind);
    const RENAMED = ownerOf(className).replace(/ci$/, "web");

    it("is named in the preview, which says how to keep it", async () => {
      const { inputs, provider, created, said, idOf } = subject();
      const id = idOf(await created());
      const { check } = await provider();
      await check({}, { ...inputs({ owner: RENAMED }), ...PREVIEW });
      const expected = `warning: Perhaps a rename: the resource "ci" of this stack has a ${wording.short} of the same name, ${id} `;
      assert.ok(said().includes(expected), said());
      assert.match(
        said(),
        new RegExp(
          `give the option aliases: \\[\\{ name: "ci" \\}\\], or this pulumi up deletes that ${wording.short}\\.`,
        ),
      );
    });

    it("is nothing to tell where the program has both, or the new one has another name at LaunchDarkly", async () => {
      const { inputs, provider, created, said, newRequests } = subject();
      const state = await created();
      const { check, diff } = await provider();
      const first = (await check(inputs(), { ...inputs(), ...PREVIEW })).inputs as Properties;
      assert.equal((await diff("", state, first)).changes, false);
      newRequests();
      await check({}, { ...inputs({ owner: RENAMED }), ...PREVIEW });
      await check({}, { ...inputs({ owner: `${RENAMED}2`, name: "other" }), ...PREVIEW });
      assert.doesNotMatch(said(), /Perhaps a rename/);
      assert.equal(
        newRequests().filter((route) => route === kind.routes.list).length,
        1,
        "one list for all that are new",
      );
    });
  });
}

describe("an AccessTokenRotation that leaves the program", () => {
  let rotation: RotationProvider;

  beforeEach(async () => {
    rotation = await startRotationProvider();
  });
  afterEach(() => rotation.stop());

  const configure = () => {
    const { sandbox, provider } = rotation;
    return provider.configure({ "launchdarkly:apiHost": sandbox.url, "launchdarkly:accessToken": sandbox.adminKey });
  };

  /** The state of the resource, at the beginning of another run. */
  async function created(): Promise<Properties> {
    const { provider, inputs } = rotation;
    const { outs } = await provider.create(inputs());
    await configure();
    provider.shown.length = 0;
    return outs;
  }

  const owned = (state: Properties) => ({
    ...{ owner: ownerOf("RotatingAccessToken"), name: "ci", role: "writer" },
    ...{ initialToken: state["token"], initialTokenId: rotation.token.id },
  });

  it("does not call its key dropped that another resource has taken over in this run, or in one before", async () => {
    const { provider, accepts } = rotation;
    const state = await created();
    const methods = provider.of("RotatingAccessToken");
    const news = owned(state);
    await methods.check({}, news);
    const { outs } = await methods.create(news);
    await provider.delete(state);
    assert.match(provider.shown.join("\n"), /^info: Moved \(.*\): another resource of this stack has the token now/m);
    await configure();
    provider.shown.length = 0;
    await methods.check(news, news);
    await methods.diff(outs, news);
    await provider.delete(state);
    assert.match(provider.shown.join("\n"), /^info: Moved /m);
    assert.ok(accepts(state["token"]));
  });

  it("calls its key dropped where nobody else has it, or another resource has another key", async () => {
    const { provider, inputs } = rotation;
    const state = await created();
    await provider.delete(state);
    await provider.create(inputs());
    await provider.delete(state);
    const said = provider.shown.filter((message) => /Dropped a key|Moved/.test(message));
    assert.deepEqual(
      said.map((message) => message.replace(/ \(.*/s, "")),
      ["warning: Dropped a key", "warning: Dropped a key"],
    );
  });
});
