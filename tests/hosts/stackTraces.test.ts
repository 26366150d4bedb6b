/** A resource is made without the SDK's stack traces. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { AccessTokenRotation } from "../../provider/index";
import { beginMockedRun, endMockedRun } from "../support/mocks";

/** How many errors note where they were made, while some work runs. */
function traced(work: () => void): number {
  const { prepareStackTrace } = Error;
  let count = 0;
  Error.prepareStackTrace = (error, frames) => {
    if (frames.length > 0) count++;
    return String(error);
  };
  try {
    work();
    return count;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

describe("a resource in a program", () => {
  beforeEach(() => beginMockedRun());
  after(endMockedRun);

  it("is made without the stack traces that the SDK notes for each of its properties", async () => {
    await pulumi.runtime.runInPulumiStack(() => {
      // Once a program, the SDK loads what it needs.
      new AccessTokenRotation("first", { tokenId: "one" });
      const count = traced(() => {
        new AccessTokenRotation("second", { tokenId: "two", triggers: { a: 1 } });
      });
      assert.ok(count < 10, `${count} stack traces`);
      return Promise.resolve();
    });
  });

  it("keeps them for who looks for leaked promises", async () => {
    process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = "1";
    try {
      await pulumi.runtime.runInPulumiStack(() => {
        const count = traced(() => {
          new AccessTokenRotation("first", { tokenId: "one" });
        });
        assert.ok(count > 30, `${count} stack traces`);
        return Promise.resolve();
      });
    } finally {
      delete process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
    }
  });

  it("leaves the program the length of its stack traces", async () => {
    const { stackTraceLimit } = Error;
    await pulumi.runtime.runInPulumiStack(() => {
      new AccessTokenRotation("first", { tokenId: "one" });
      assert.equal(Error.stackTraceLimit, stackTraceLimit);
      assert.throws(
        () => new AccessTokenRotation("", { tokenId: "two" }),
        ({ stack }: Error) => stack?.includes(__filename) === true,
      );
      assert.equal(Error.stackTraceLimit, stackTraceLimit);
      return Promise.resolve();
    });
  });
});
