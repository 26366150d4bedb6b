import assert from "node:assert/strict";

import { readConfiguration } from "../../provider/lifecycle/configuration";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";

function read(config: Record<string, string>, environment: Record<string, string> = {}) {
  return readConfiguration({ config: (key) => config[key], environment: (name) => environment[name] });
}

describe("the configuration", () => {
  it("comes from the stack first, then from the environment", () => {
    const environment = { LAUNCHDARKLY_ACCESS_TOKEN: `${KEY}c`, LAUNCHDARKLY_API_HOST: "https://app.launchdarkly.us" };
    assert.deepEqual(read({}, environment), { accessToken: `${KEY}c`, apiHost: "https://app.launchdarkly.us" });
    const config = { "launchdarkly:accessToken": KEY, "launchdarkly:apiHost": "https://app.eu.launchdarkly.com/" };
    assert.deepEqual(read(config, environment), { accessToken: KEY, apiHost: "https://app.eu.launchdarkly.com" });
    assert.deepEqual(read({ "launchdarkly:accessToken": " " }, environment), {
      accessToken: `${KEY}c`,
      apiHost: "https://app.launchdarkly.us",
    });
  });

  it("has LaunchDarkly's host by default", () => {
    const { apiHost } = read({ "launchdarkly:accessToken": KEY }) as { apiHost: string };
    assert.equal(apiHost, "https://app.launchdarkly.com");
  });

  const hosts: [host: string, isAccepted: boolean][] = [
    ["https://app.launchdarkly.us", true],
    ["app.launchdarkly.us", true],
    ["https://app.launchdarkly.us:8443", true],
    ["http://127.0.0.1:8080", true],
    ["http://127.8.9.10", true],
    ["http://localhost:1", true],
    ["http://[::1]:1", true],
    ["http://app.launchdarkly.com", false],
    ["http://127.0.0.1.example.com", false],
    ["http://localhost.example.com", false],
    ["http://10.0.0.1", false],
    ["ftp://app.launchdarkly.com", false],
    ["https://app.launchdarkly.com/api", false],
    ["https://user:password@app.launchdarkly.com", false],
    ["https://app.launchdarkly.com?x=1", false],
    ["https://", false],
  ];
  for (const [host, isAccepted] of hosts) {
    it(`${isAccepted ? "takes" : "refuses"} the host ${host}`, () => {
      const result = read({ "launchdarkly:accessToken": KEY, "launchdarkly:apiHost": host });
      assert.equal(!("problems" in result), isAccepted);
    });
  }

  it("refuses keys that can't be one, and never repeats them", () => {
    for (const accessToken of ["sdk-5b1c1c3e-0000-4000-8000-0123456789ab", "api-1\nX: 2", "api key", "api-…"]) {
      const result = read({ "launchdarkly:accessToken": accessToken });
      assert.ok("problems" in result && result.problems.length === 1);
      assert.ok(!result.problems.join().includes(accessToken));
    }
  });
});
