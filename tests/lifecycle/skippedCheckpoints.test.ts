/** The warning of a run in which Pulumi saves nothing before its end. */
import assert from "node:assert/strict";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";

describe("a run without checkpoints", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  /** What two resources of a run show, with this value of the variable. */
  async function shownWith(value: string | undefined, isPreview: boolean): Promise<string[]> {
    const shown: string[] = [];
    const provider = await inProcessProvider(sandbox, {
      environment: (name) => (name === "PULUMI_SKIP_CHECKPOINTS" ? value : undefined),
      log: (severity, message) => Promise.resolve(void shown.push(`${severity}: ${message}`)),
    });
    for (const { id: tokenId } of [sandbox.createToken(), sandbox.createToken()]) {
      const inputs = { tokenId, oldKeyExpiry: "1h", frozen: false };
      await provider.check({}, { ...inputs, __preview: isPreview });
    }
    return shown.filter((message) => message.includes("PULUMI_SKIP_CHECKPOINTS"));
  }

  for (const isPreview of [true, false]) {
    it(`warns once of lost keys, in ${isPreview ? "the preview" : "the up"}`, async () => {
      for (const value of ["true", "1", "TRUE"]) {
        const [warning, ...others] = await shownWith(value, isPreview);
        assert.match(warning ?? "", /^warning: Keys may be lost: PULUMI_SKIP_CHECKPOINTS is set/);
        assert.deepEqual(others, []);
      }
    });
  }

  it("says nothing where Pulumi saves as usual", async () => {
    for (const value of [undefined, "", "false", "0"]) assert.deepEqual(await shownWith(value, true), []);
  });
});
