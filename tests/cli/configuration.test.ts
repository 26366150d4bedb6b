/** Settings that are missing or wrong, as the preview tells them. */
import assert from "node:assert/strict";

import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { WHO } from "../support/routes";

describe("pulumi with a bad configuration", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  before(async () => {
    rotation = await createRotationStack();
  });
  after(() => rotation.stop());

  /** Runs a command with settings that hold for it alone. */
  async function refused(values: Record<string, string>, words: string[], message: RegExp) {
    const { sandbox, stack, token } = rotation;
    const others = Object.fromEntries(Object.entries(values).filter(([name]) => name.includes(":")));
    await stack.configAll({ plaintext: { "launchdarkly:apiHost": values["apiHost"] ?? sandbox.url, ...others } });
    await stack.configAll({ secret: { "launchdarkly:accessToken": values["accessToken"] ?? sandbox.adminKey } });
    const key = sandbox.store.find(token.id)?.keys[0].value;
    rotation.newRequests();
    const { status, output } = await stack.pulumi(...words, "--non-interactive");
    for (const other of Object.keys(others)) await stack.pulumi("config", "rm", other);
    assert.notEqual(status, 0);
    assert.match(output, message);
    assert.doesNotMatch(output, /\n\s+at .*\(.*\.js:\d+/, "no stack trace for a setting");
    assert.equal(sandbox.store.find(token.id)?.keys[0].value, key, "the token is as it was");
    return output;
  }

  it("says in the preview that there is no key, how to set it, and which names are nearly right", async () => {
    const output = await refused(
      { accessToken: "", "launchdarkly:httpTimout": "5", "launchdarkly-rotation-quickstart:accessToken": "none" },
      ["preview"],
      /launchdarkly:accessToken \(or LAUNCHDARKLY_ACCESS_TOKEN\) is not set.*pulumi config set --secret/,
    );
    assert.match(output, /launchdarkly:httpTimout is no setting; its name is launchdarkly:httpTimeout/);
    assert.match(output, /accessToken belongs to the project, and is not read/);
    assert.deepEqual(rotation.newRequests(), []);
  });

  it("says that LaunchDarkly does not accept the key, and shows only its last four characters", async () => {
    const accessToken = "api-11111111-2222-4333-8444-55555555abcd";
    const words = ["up", "--yes", "--skip-preview"];
    const output = await refused(
      { accessToken },
      words,
      /Not reset \(\w+\): LaunchDarkly does not accept the key api-…abcd \(401 unauthorized\b.*\).*Check launchdarkly:accessToken/,
    );
    assert.ok(!output.includes(accessToken));
    assert.deepEqual(rotation.newRequests(), [WHO]);
  });

  it("refuses a plain http host before a key is sent", async () => {
    await refused(
      { apiHost: "http://launchdarkly.example.com" },
      ["preview"],
      /launchdarkly:apiHost \(or LAUNCHDARKLY_API_HOST\) must use https/,
    );
  });
});
