/** One resource for each credential: a second one is refused. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import * as rotations from "../../provider/index";
import { claimed } from "../../provider/resource/claims";
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
      await outcome(() => {
        new Class("first", identity);
        assert.throws(() => new Class("second", identity), refusal);
      });
    });

    it(`are refused when the identity becomes known: ${credential.className}`, async () => {
      const known = Object.fromEntries(credential.identity.map((name) => [name, pulumi.output("one")]));
      await outcome(() => new Class("first", identity));
      const claimant = { name: "second", parent: undefined };
      const [first = ""] = credential.identity;
      const input = claimed(credential.className, known, credential.identity, claimant)[first];
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

  it("are two if they have the same name below different parents", async () => {
    const { AccessTokenRotation } = rotations;
    await outcome(() => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      new AccessTokenRotation("ci", { tokenId: "one" });
      assert.throws(() => new AccessTokenRotation("ci", { tokenId: "one" }, { parent }), /rotates already/);
    });
  });
});
