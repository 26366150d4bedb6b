/** The settings of a stack and of the environment, and what is refused. */
import assert from "node:assert/strict";

import { NEAR_MISSES, readConfiguration } from "../../provider/run/configuration";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";

function read(config: Record<string, string>, environment: Record<string, string> = {}, others: string[] = []) {
  return readConfiguration({
    namespace: "launchdarkly",
    config: (key) => config[key],
    others,
    environment: (name) => environment[name],
  });
}

describe("the configuration", () => {
  it("comes from the stack first, then from the environment", () => {
    const environment = { LAUNCHDARKLY_ACCESS_TOKEN: `${KEY}c`, LAUNCHDARKLY_API_HOST: "https://app.launchdarkly.us" };
    const fromEnvironment = {
      accessToken: `${KEY}c`,
      apiHost: "https://app.launchdarkly.us",
      responseTimeoutMs: 30_000,
    };
    assert.deepEqual(read({}, environment), fromEnvironment);
    const config = { "launchdarkly:accessToken": KEY, "launchdarkly:apiHost": "https://app.eu.launchdarkly.com/" };
    assert.deepEqual(read(config, environment), {
      ...fromEnvironment,
      accessToken: KEY,
      apiHost: "https://app.eu.launchdarkly.com",
    });
    assert.deepEqual(read({ "launchdarkly:accessToken": " " }, environment), fromEnvironment);
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

  const timeouts: [text: string, milliseconds: number | undefined][] = [
    ["1", 1_000],
    ["300", 300_000],
    ["301", undefined],
    ["0", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["30s", undefined],
  ];
  for (const [text, milliseconds] of timeouts) {
    it(`${milliseconds === undefined ? "refuses" : "takes"} ${text} seconds of patience with an answer`, () => {
      const result = read({ "launchdarkly:accessToken": KEY }, { LAUNCHDARKLY_HTTP_TIMEOUT: text });
      if ("problems" in result) assert.match(String(result.problems), /whole number of seconds from 1 to 300/);
      assert.equal("problems" in result ? undefined : result.responseTimeoutMs, milliseconds);
    });
  }

  it("refuses keys that can't be one, and never repeats them", () => {
    for (const accessToken of ["sdk-5b1c1c3e-0000-4000-8000-0123456789ab", "api-1\nX: 2", "api key", "api-…"]) {
      const result = read({ "launchdarkly:accessToken": accessToken });
      assert.ok("problems" in result && result.problems.length === 1);
      assert.ok(!result.problems.join().includes(accessToken));
    }
  });

  it("names a setting that has nearly the right name, and would be passed over", () => {
    const nearly = { "launchdarkly:access_token": KEY, "launchdarkly:apihost": "https://app.launchdarkly.us" };
    const found = read(nearly, { LAUNCHDARKLY_ACCESS_TOKEN: KEY });
    assert.ok("problems" in found);
    assert.deepEqual(found.problems, [
      "launchdarkly:access_token is no setting; its name is launchdarkly:accessToken",
      "launchdarkly:apihost is no setting; its name is launchdarkly:apiHost",
    ]);
    const right = { "launchdarkly:accessToken": KEY, "launchdarkly:apiHost": "app.launchdarkly.us", ...nearly };
    assert.ok(!("problems" in read(right)), "not where the right one is set as well");
  });

  for (const [right, others] of Object.entries(NEAR_MISSES)) {
    it(`names each of the names that people write for ${right}, and no value`, () => {
      for (const other of others) {
        const found = read({ [`launchdarkly:${other}`]: KEY }, { LAUNCHDARKLY_ACCESS_TOKEN: KEY });
        assert.ok("problems" in found, other);
        assert.deepEqual(found.problems, [`launchdarkly:${other} is no setting; its name is launchdarkly:${right}`]);
      }
    });
  }

  for (const [misspelt, right] of [
    ["acessToken", "accessToken"],
    ["accesToken", "accessToken"],
    ["accessTokne", "accessToken"],
    ["Access_Tokens", "accessToken"],
    ["appHost", "apiHost"],
    ["apiHots", "apiHost"],
    ["httpTimout", "httpTimeout"],
    ["http.timeout", "httpTimeout"],
    ["oauthToken", undefined],
    ["project", undefined],
    ["environment", undefined],
  ] as const) {
    it(`${right === undefined ? "passes over" : "names"} launchdarkly:${misspelt}, of which the program tells`, () => {
      const found = read({}, { LAUNCHDARKLY_ACCESS_TOKEN: KEY }, [`launchdarkly:${misspelt}`]);
      const problems = "problems" in found ? found.problems : [];
      const problem = `launchdarkly:${misspelt} is no setting; its name is launchdarkly:${String(right)}`;
      assert.deepEqual(problems, right === undefined ? [] : [problem]);
    });
  }

  it("names a setting once that is told, and has a name that people write", () => {
    const found = read({ "launchdarkly:accesstoken": KEY }, { LAUNCHDARKLY_ACCESS_TOKEN: KEY }, [
      "launchdarkly:accesstoken",
    ]);
    assert.ok("problems" in found && found.problems.length === 1);
  });

  it("names a key and a host that lack their namespace, where the right ones are not set", () => {
    const own = { accessToken: KEY, apiHost: "https://app.launchdarkly.us" };
    const found = read(own);
    assert.ok("problems" in found);
    const belongs = (name: string) =>
      `${name} belongs to the project, and is not read; the setting's name is launchdarkly:${name}`;
    assert.deepEqual(found.problems.slice(0, 2), [belongs("accessToken"), belongs("apiHost")]);
    assert.ok(!found.problems.join().includes(KEY) && !found.problems.join().includes("app.launchdarkly.us"));
    const set = { LAUNCHDARKLY_ACCESS_TOKEN: KEY, LAUNCHDARKLY_API_HOST: "app.eu.launchdarkly.com" };
    assert.ok(!("problems" in read(own, set)));
    for (const apiHost of ["https://api.example.com", "https://app.launchdarkly.com", "?"]) {
      assert.ok(!("problems" in read({ apiHost }, { LAUNCHDARKLY_ACCESS_TOKEN: KEY })), "it may be meant otherwise");
    }
  });
});
