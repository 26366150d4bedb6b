import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { runtime } from "@pulumi/pulumi";

import { GOLDEN_STUB } from "../support/providerProcess";

/** The compiled stub, as programs get it. */
function compiledStub(): object {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be checked before dist/ is built
  return (require("../../dist/resource/stub.js") as { stub: object }).stub;
}

describe("the stub", () => {
  it("serializes to the same text in every release", async () => {
    const provider = compiledStub();
    // As the SDK serializes the provider of a dynamic resource.
    const { text } = await runtime.serializeFunction(() => provider);
    assert.equal(text, readFileSync(GOLDEN_STUB, "utf8"));
  });
});
