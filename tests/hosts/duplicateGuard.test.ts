/** One resource for each credential: a second one is refused. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import * as rotations from "../../provider/index";
import { claim, claimed } from "../../provider/hosts/dynamic/duplicateGuard";
import { kinds } from "../support/kinds";
import { beginMockedRun, endMockedRun } from "../support/mocks";

type Rotation = new (name: string, args: object, options?: pulumi.CustomResourceOptions) => pulumi.CustomResource;
const classes: Readonly<Record<string, unknown>> = { ...rotations };

/** What a program's run ends with. */
async function outcome(program: () => unknown): Promise<string> {
  try {
    await pulumi.runtime.runInPulumiStack(() => Promise.resolve(program()));
    return "";
  } catch (error) {
    return String(error);
  }
}

describe("two resources for the same credential", () => {
  beforeEach(() => beginMockedRun());
  after(endMockedRun);

  for (const { credential } of kinds) {
    const Class = classes[credential.className] as Rotation;
    const identity = Object.fromEntries(credential.identity.map((name) => [name, "one"]));
    const refusal = new RegExp(
      `${credential.className} "second" would rotate one\\S* which ${credential.className} "first" rotates already`,
    );

    it(`are refused where the program is written, both named: ${credential.className}`, async () => {
      const program = () => {
        new Class("first", identity);
        assert.throws(() => new Class("second", identity), refusal);
      };
      assert.equal(await outcome(program), "");
    });

    it(`are refused when the identity becomes known: ${credential.className}`, async () => {
      const known = Object.fromEntries(credential.identity.map((name) => [name, pulumi.output("one")]));
      const claim = { kind: credential.wording.noun, identity: credential.identity };
      const claimant = { className: credential.className, parent: undefined };
      claimed(claim, identity, { ...claimant, name: "first" });
      const [first = ""] = credential.identity;
      const input = claimed(claim, known, { ...claimant, name: "second" })[first];
      // What the registration of a resource waits for.
      const { promise } = input as { promise: () => Promise<unknown> };
      await assert.rejects(promise.call(input), (error: Error) => {
        assert.match(error.message, refusal);
        // The SDK inspects an error with a stack, and all promises that it passed: that takes half a minute.
        assert.equal(error.stack, "");
        return true;
      });
    });

    it(`are not seen in another one, in a run after it, or in the same resource: ${credential.className}`, async () => {
      const other = { ...identity, [credential.identity.at(-1) ?? ""]: "another" };
      const program = () => {
        new Class("first", identity);
        new Class("second", other);
        new Class("first", identity);
      };
      assert.equal(await outcome(program), "");
      await beginMockedRun();
      assert.equal(await outcome(() => new Class("second", identity)), "");
    });
  }

  it("are no duplicates when a run replaces them, swaps their credentials, or renames one", async () => {
    const { AccessTokenRotation } = rotations;
    const programs = [
      () => [new AccessTokenRotation("a", { tokenId: "one" }), new AccessTokenRotation("b", { tokenId: "two" })],
      () => [new AccessTokenRotation("a", { tokenId: "two" }), new AccessTokenRotation("b", { tokenId: "one" })],
      () => [new AccessTokenRotation("a", { tokenId: "three" }), new AccessTokenRotation("b", { tokenId: "two" })],
      () => [new AccessTokenRotation("c", { tokenId: "three" }, { aliases: [{ name: "a" }] })],
    ];
    for (const program of programs) {
      await beginMockedRun();
      assert.equal(await outcome(program), "");
    }
  });

  describe("of two classes", () => {
    const { AccessTokenRotation, RotatingAccessToken } = rotations;
    const taken = { name: "ci", initialToken: "api-11111111-2222-4333-8444-555555555555", initialTokenId: "one" };
    const refusalOf = (second: string, first: string) =>
      new RegExp(`${second} "ci" would rotate one, which ${first} "ci" rotates already`);

    it("are refused, whichever comes first, also under the same name", async () => {
      const ownerLast = () => {
        new AccessTokenRotation("ci", { tokenId: "one" });
        const refusal = refusalOf("RotatingAccessToken", "AccessTokenRotation");
        assert.throws(() => new RotatingAccessToken("ci", taken), refusal);
      };
      assert.equal(await outcome(ownerLast), "");
      await beginMockedRun();
      const ownerFirst = () => {
        new RotatingAccessToken("ci", taken);
        const refusal = refusalOf("AccessTokenRotation", "RotatingAccessToken");
        assert.throws(() => new AccessTokenRotation("ci", { tokenId: "one" }), refusal);
      };
      assert.equal(await outcome(ownerFirst), "");
    });

    it("are none when one takes over from the other, or has another token", async () => {
      assert.equal(await outcome(() => new AccessTokenRotation("ci", { tokenId: "one" })), "");
      await beginMockedRun();
      const moved = () => {
        new RotatingAccessToken("ci", taken);
        new AccessTokenRotation("other", { tokenId: "two" });
        new RotatingAccessToken("new", { name: "new" });
        new RotatingAccessToken("newer", { name: "new" });
      };
      assert.equal(await outcome(moved), "");
    });

    it("are not seen in keys of other kinds that have the same names", async () => {
      const environment = { projectKey: "one", environmentKey: "one" };
      const program = () => {
        new rotations.SdkKeyRotation("ci", environment);
        new rotations.MobileKeyRotation("ci", environment);
      };
      assert.equal(await outcome(program), "");
    });
  });

  it("are two if they have the same name below different parents", async () => {
    const { AccessTokenRotation } = rotations;
    const program = () => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      new AccessTokenRotation("ci", { tokenId: "one" });
      assert.throws(() => new AccessTokenRotation("ci", { tokenId: "one" }, { parent }), /rotates already/);
    };
    assert.equal(await outcome(program), "");
  });

  it("are refused where two copies of the package make them", async () => {
    const file = require.resolve("../../provider/hosts/dynamic/duplicateGuard");
    const { [file]: loaded } = require.cache;
    Reflect.deleteProperty(require.cache, file);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would find the copy that is loaded
    const other = require(file) as typeof import("../../provider/hosts/dynamic/duplicateGuard");
    require.cache[file] = loaded;
    assert.notEqual(other.claim, claim);
    const program = () => {
      claim("access token", ["one"], { className: "AccessTokenRotation", name: "first", parent: undefined });
      const second = { className: "RotatingAccessToken", name: "second", parent: undefined };
      assert.throws(() => {
        other.claim("access token", ["one"], second);
      }, /"second" would rotate one, which AccessTokenRotation "first" rotates already/);
    };
    assert.equal(await outcome(program), "");
  });
});
