/** Two resources for one token, whose id is known only while the program runs. */
import assert from "node:assert/strict";

import { createRotationStack, type RotationStack } from "../support/rotationStack";

/** A second resource for the quickstart's token, whose id is known only when another resource has been created. */
const SECOND = `
const echo: pulumi.dynamic.ResourceProvider = { create: async (inputs) => ({ id: "echo", outs: inputs }) };
class Echo extends pulumi.dynamic.Resource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string, args: { value: string }) {
    super(echo, name, args);
  }
}
new AccessTokenRotation("second", { tokenId: new Echo("echo", { value: config.require("tokenId") }).value });
`;

describe("a second resource for the same token", function () {
  this.timeout(300_000);
  let rotation: RotationStack;

  before(async () => {
    rotation = await createRotationStack({ program: SECOND });
  });
  after(() => rotation.stop());

  it("fails the up as soon as its id is known, both named in one line, and never resets the token twice", async () => {
    const { status, output } = await rotation.up();
    assert.notEqual(status, 0);
    assert.match(
      output,
      new RegExp(
        `AccessTokenRotation "second" would rotate ${rotation.token.id}, which AccessTokenRotation "[\\w-]+" rotates already`,
      ),
    );
    assert.doesNotMatch(output, /\n\s+at .*claims/, "no stack trace for a slip in the program");
    assert.ok(rotation.resets() <= 1);
  });
});
