/** Previews in which an input is not known yet: nothing fails, and nothing is announced for sure that may not come. */
import assert from "node:assert/strict";

import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import type { Lifecycle } from "../../provider/lifecycle/lifecycle";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import { UNKNOWN_VALUE } from "../../provider/model/json";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider, stored } from "../support/inProcessProvider";
import { ownerOf } from "../support/kindProvider";
import { type AnyKind, everyKind, kindOf, type Subject } from "../support/kinds";
import { OWNER } from "../support/ownedProvider";
import type { Properties } from "../support/providerProcess";
import { unnamed } from "../support/unnamed";

let sandbox: Sandbox;
let shown: string[];

const provider = (lifecycle: Lifecycle) =>
  inProcessProvider(
    sandbox,
    { log: (severity, message, urn) => Promise.resolve(void shown.push(`${severity}: ${unnamed(message, urn)}`)) },
    { lifecycle },
  );

/** As the engine does: the check, and for a resource that exists its diff. */
async function preview(lifecycle: Lifecycle, news: Properties, olds: Properties, state?: Properties) {
  const run = await provider(lifecycle);
  shown = [];
  assert.deepEqual((await run.check(olds, { ...news, __preview: true, __urn: "urn:pulumi:a" })).failures ?? [], []);
  const { changes, replaces = [] } = state === undefined ? {} : await run.diff("id", state, news);
  assert.deepEqual(replaces, [], "no replacement");
  assert.ok(!shown.join().includes(UNKNOWN_VALUE), "no placeholder is shown");
  return { changes, said: shown.join("\n") };
}

beforeEach(async () => {
  sandbox = await startSandbox();
  shown = [];
});
afterEach(() => sandbox.stop());

/** What a preview of a resource that exists says of an input that may change something, and does not tell what it is of. */
const TOLD: Readonly<Record<string, RegExp>> = {
  triggers: /May (?:reset|rotate): triggers is not known yet\./,
  rotateAfter: /May (?:reset|rotate): rotateAfter is not known yet\./,
  name: /May change: name, not known yet/,
  description: /May change: description, not known yet/,
  role: /May change: role, not known yet/,
  customRoleIds: /May change: customRoleIds, not known yet/,
  inlineRole: /May change: inlineRole, not known yet/,
  defaultApiVersion: /May change: defaultApiVersion, not known yet/,
};

/** Inputs that are only given together: one that is unknown has the others unknown, too. */
const withUnknown = ({ together }: AnyKind, name: string, news: Properties): Properties => {
  const names = together.includes(name) ? together : [name];
  return { ...news, ...Object.fromEntries(names.map((one) => [one, UNKNOWN_VALUE])) };
};

/** Those that say what it is of: another value replaces the resource. */
const identityOf = ({ credential }: AnyKind): readonly string[] =>
  credential.strategy === "reset" ? credential.identity : credential.fixed.map(({ input }) => input);

for (const kind of everyKind) {
  const { credential, inputNames } = kind;
  const { className } = credential;

  describe(`a preview of ${className} with an input that is not known yet`, () => {
    const lifecycle = lifecycleOf(credential);
    let subject: Subject;
    beforeEach(() => {
      subject = kind.add(sandbox, "ci");
    });
    const inputs = (): Properties => ({
      ...(credential.strategy === "replace" && { owner: ownerOf(className) }),
      ...subject.inputs,
      triggers: { a: 1 },
    });
    /** Fails if something was asked of what nobody knows. */
    const assertAskedNothingOdd = () => {
      const paths = sandbox.requests.map(({ path }) => decodeURIComponent(path));
      assert.deepEqual(
        paths.filter((path) => path.includes("undefined") || path.includes(UNKNOWN_VALUE)),
        [],
      );
    };

    for (const name of inputNames) {
      it(`passes for a new resource: ${name}`, async () => {
        await preview(lifecycle, withUnknown(kind, name, inputs()), {});
        assertAskedNothingOdd();
      });

      it(`passes for a new resource that takes a key over: ${name}`, async () => {
        await preview(lifecycle, withUnknown(kind, name, { ...inputs(), ...subject.takeOver().inputs }), {});
        assertAskedNothingOdd();
      });

      it(`says for one that exists what may come, and no more: ${name}`, async () => {
        const news = inputs();
        const state = stored((await (await provider(lifecycle)).create(news)).outs);
        const { changes, said } = await preview(lifecycle, withUnknown(kind, name, news), news, state);
        const isIdentity = identityOf(kind).includes(name);
        const told = isIdentity ? new RegExp(`Not known yet: ${name}\\.`) : TOLD[name];
        assert.equal(changes, told !== undefined, said);
        if (told !== undefined) assert.match(said, told);
        assert.doesNotMatch(said, /Will |Can't /);
        const due = withUnknown(kind, name, { ...news, triggers: { a: 2 } });
        assert.equal((await preview(lifecycle, due, news, state)).changes, true);
        assertAskedNothingOdd();
      });
    }
  });
}

describe("a preview of the stack's own token with an input that is not known yet", () => {
  const reset = lifecycleOf(kindOf("AccessTokenRotation").credential);
  const own = () => ({ triggers: { a: 1 }, oldKeyExpiry: "1h", initialToken: sandbox.adminKey });
  const rows: [string, Lifecycle, () => Properties][] = [
    ["AccessTokenRotation", reset, () => ({ ...own(), tokenId: sandbox.adminId })],
    [
      "RotatingAccessToken",
      lifecycleOf(rotatingAccessToken),
      () => ({ ...own(), owner: OWNER, name: "ci", role: "admin", initialTokenId: sandbox.adminId }),
    ],
  ];
  for (const [className, lifecycle, inputs] of rows) {
    const PASSED = { oldKeyExpiry: "2020-01-01T00:00:00Z" };
    const due = { triggers: { a: 2 } };
    for (const [what, more, expected] of [
      ["oldKeyExpiry", { ...due, allowSelfRotation: true, oldKeyExpiry: UNKNOWN_VALUE }, /Will .* is not known yet\./],
      ["allowSelfRotation", { ...due, allowSelfRotation: UNKNOWN_VALUE }, /May fail: .* lock this stack out/],
      ["triggers", { triggers: { a: UNKNOWN_VALUE } }, /May fail: .* lock this stack out/],
      ["frozen", { ...due, frozen: UNKNOWN_VALUE }, /May (?:reset|rotate): .*; frozen is not known yet/],
      ["triggers, with an instant that has passed", { triggers: UNKNOWN_VALUE, ...PASSED }, /May fail: .* has passed/],
    ] as [string, Properties, RegExp][]) {
      it(`passes for ${className}: ${what}`, async () => {
        const news = inputs();
        const state = stored((await (await provider(lifecycle)).create(news)).outs);
        const { changes, said } = await preview(lifecycle, { ...news, ...more }, news, state);
        assert.equal(changes, true);
        assert.match(said, expected);
      });
    }
  }
});

describe("a preview of RotatingAccessToken that does not know serviceToken yet", () => {
  const news = { owner: OWNER, name: "ci", role: "writer", triggers: { a: 1 } };

  it("announces no replacement of a personal token, and refuses no take-over of one", async () => {
    const personal = { ...news, serviceToken: false };
    const outs = (await (await provider(lifecycleOf(rotatingAccessToken))).create(personal)).outs as Properties;
    const open = { ...news, serviceToken: UNKNOWN_VALUE };
    const { said } = await preview(lifecycleOf(rotatingAccessToken), open, personal, stored(outs));
    assert.doesNotMatch(said, /Will replace/);
    const { id, key } = sandbox.createToken({ role: "writer", serviceToken: false });
    await preview(lifecycleOf(rotatingAccessToken), { ...open, initialToken: key, initialTokenId: id }, {});
  });

  it("names the previous token whose end is not known", async () => {
    const outs = (await (await provider(lifecycleOf(rotatingAccessToken))).create(news)).outs as Properties;
    const rotated = { ...news, triggers: { a: 2 } };
    const state = stored(
      (await (await provider(lifecycleOf(rotatingAccessToken))).update("id", stored(outs), rotated)).outs,
    );
    const open = { ...rotated, oldKeyExpiry: UNKNOWN_VALUE };
    const { changes, said } = await preview(lifecycleOf(rotatingAccessToken), open, rotated, state);
    assert.equal(changes, true);
    assert.match(
      said,
      /^info: May end: the previous token \S+ \(ending in \w{4}\)\. oldKeyExpiry is not known yet\.$/m,
    );
  });
});
