/** Which hosts NO_PROXY exempts: a table. */
import assert from "node:assert/strict";

import { isExempt } from "../../provider/client/proxy";

describe("NO_PROXY", () => {
  const HOST = "https://app.launchdarkly.com";
  const table: [target: string, noProxy: string, exempt: boolean][] = [
    [HOST, "", false],
    [HOST, "*", true],
    [HOST, "app.launchdarkly.com", true],
    [HOST, "APP.LaunchDarkly.COM", true],
    [HOST, "app.launchdarkly.com.", true],
    [`${HOST}.`, "app.launchdarkly.com", true],
    [HOST, "launchdarkly.com", false],
    [HOST, ".launchdarkly.com", true],
    [HOST, "*.launchdarkly.com", true],
    [HOST, "*launchdarkly.com", true],
    [HOST, ".darkly.com", false],
    [HOST, "one.example, two.example,app.launchdarkly.com", true],
    [HOST, "one.example two.example", false],
    [HOST, ",, ,", false],
    [HOST, "app.launchdarkly.com:443", true],
    [HOST, "app.launchdarkly.com:8443", false],
    [`${HOST}:8443`, "app.launchdarkly.com:8443", true],
    [`${HOST}:8443`, ".launchdarkly.com:443", false],
    [HOST, "10.0.0.0/8", false],
    ["https://10.1.2.3", "10.0.0.0/8", true],
    ["https://10.1.2.3", "10.1.2.3", true],
    ["https://10.1.2.3", "10.1.2.0/24:443", true],
    ["https://11.1.2.3", "10.0.0.0/8", false],
    ["https://10.1.2.3", "10.0.0.0/99", false],
    ["https://10.1.2.3", "10.0.0.0/x", false],
    ["https://10.1.2.3", "10.0.0.0/x8", false],
    ["https://10.1.2.3", "10.0.0.0/8x", false],
    ["https://10.1.2.3", "10.0.0.0/0008", false],
    ["https://10.1.2.3", "0.0.0.0/0", true],
    [HOST, "app.launchdarkly*.com", false],
    [HOST, "x:app.launchdarkly.com:443", false],
    ["https://[fd00::1]", "x[fd00::1]", false],
    ["https://10.1.2.3", "10.0.0.0/", false],
    ["https://[fd00::1]", "[fd00::1]", true],
    ["https://[fd00::1]", "fd00:0:0::1", true],
    ["https://[fd00::1]", "[fd00::1]:443", true],
    ["https://[fd00::1]", "[fd00::1]:8443", false],
    ["https://[fd00::1]", "fd00::/8", true],
    ["https://[fd00::1]", "10.0.0.0/8", false],
    ["https://localhost:8443", "127.0.0.1", true],
    ["https://127.0.0.1", "localhost", true],
    ["https://[::1]", "localhost", true],
    ["https://localhost", "app.launchdarkly.com", false],
  ];
  for (const [target, noProxy, exempt] of table) {
    it(`${exempt ? "keeps" : "does not keep"} ${target} away from the proxy as "${noProxy}"`, () => {
      assert.equal(isExempt(new URL(target), noProxy), exempt);
    });
  }
});
