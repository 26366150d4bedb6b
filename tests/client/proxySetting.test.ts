/** Which proxy the environment names: a table. */
import assert from "node:assert/strict";

import { proxyFor } from "../../provider/client/proxy";

const HOST = new URL("https://app.launchdarkly.com");

function settingIn(environment: Record<string, string>, target = HOST) {
  return proxyFor(target, (name) => environment[name]);
}

function proxyIn(value: string) {
  const setting = settingIn({ HTTPS_PROXY: value });
  assert.ok(setting !== undefined && "proxy" in setting, JSON.stringify(setting));
  const { authorization = "", ...proxy } = setting.proxy;
  const credentials = Buffer.from(authorization.replace(/^Basic /, ""), "base64").toString();
  return { ...proxy, credentials };
}

describe("the proxy of the environment", () => {
  const names: [environment: Record<string, string>, name: string | undefined][] = [
    [{}, undefined],
    [{ HTTPS_PROXY: "" }, undefined],
    [{ HTTP_PROXY: "http://proxy.example:1", http_proxy: "http://proxy.example:1" }, undefined],
    [{ HTTPS_PROXY: "http://upper:1" }, "upper:1"],
    [{ https_proxy: "http://lower:1", HTTPS_PROXY: "http://upper:1" }, "lower:1"],
    [{ https_proxy: " ", HTTPS_PROXY: "http://upper:1" }, "upper:1"],
    [{ ALL_PROXY: "http://all:1" }, "all:1"],
    [{ all_proxy: "http://lower:1", ALL_PROXY: "http://all:1" }, "lower:1"],
    [{ ALL_PROXY: "http://all:1", HTTPS_PROXY: "http://upper:1" }, "upper:1"],
    [{ HTTPS_PROXY: "http://upper:1", NO_PROXY: ".launchdarkly.com" }, undefined],
    [{ HTTPS_PROXY: "http://upper:1", no_proxy: "other.example", NO_PROXY: "*" }, "upper:1"],
  ];
  for (const [environment, name] of names) {
    it(`is ${name ?? "none"} for ${JSON.stringify(environment)}`, () => {
      const setting = settingIn(environment);
      assert.equal(setting && "proxy" in setting ? setting.proxy.name : setting, name);
    });
  }

  it("is none for plain http, whatever is set", () => {
    const environment = { HTTPS_PROXY: "http://proxy:1", HTTP_PROXY: "http://proxy:1", ALL_PROXY: "http://proxy:1" };
    assert.equal(settingIn(environment, new URL("http://127.0.0.1:8080")), undefined);
  });

  it("has the address without its brackets for a host, which a connection takes", () => {
    for (const address of ["[fd00::1]", "[::]"]) {
      assert.equal(proxyIn(`http://${address}:3128`).hostname, address.slice(1, -1));
    }
    assert.equal(proxyIn("http://proxy.example:3128").hostname, "proxy.example");
  });

  const forms: [value: string, name: string, isSecure: boolean, credentials: string][] = [
    ["http://proxy.example:3128", "proxy.example:3128", false, ""],
    ["http://proxy.example", "proxy.example:80", false, ""],
    ["https://proxy.example", "proxy.example:443", true, ""],
    ["HTTPS://proxy.example:8443/", "proxy.example:8443", true, ""],
    ["proxy.example:3128", "proxy.example:3128", false, ""],
    ["proxy.example", "proxy.example:80", false, ""],
    ["  10.0.0.1:3128 ", "10.0.0.1:3128", false, ""],
    ["ann:secret@proxy.example:3128", "proxy.example:3128", false, "ann:secret"],
    ["http://[fd00::1]:3128", "[fd00::1]:3128", false, ""],
    ["http://ann:p%40ss%3Aw%2Frd@proxy:1", "proxy:1", false, "ann:p@ss:w/rd"],
    ["http://corp%5Cann:sch%C3%B6n@proxy:1", "proxy:1", false, "corp\\ann:schön"],
    ["http://ann:100%@proxy:1", "proxy:1", false, "ann:100%"],
    ["http://ann:p@ss@proxy:1", "proxy:1", false, "ann:p@ss"],
    ["http://ann@proxy:1", "proxy:1", false, "ann:"],
    ["http://:secret@proxy:1", "proxy:1", false, ":secret"],
  ];
  for (const [value, name, isSecure, credentials] of forms) {
    it(`is read from ${value}`, () => {
      const proxy = proxyIn(value);
      assert.deepEqual([proxy.name, proxy.isSecure, proxy.credentials], [name, isSecure, credentials]);
    });
  }

  const unusable: [value: string, problem: RegExp][] = [
    ["socks5://ann:secret@proxy:1080", /^HTTPS_PROXY names a proxy of the kind socks5:\/\/ \(proxy:1080\), and only/],
    ["socks5h://ann:secret@proxy:1080", /socks5h:/],
    ["ftp://ann:secret@proxy", /ftp:/],
    ["http://ann:secret@", /^HTTPS_PROXY is not the URL of a proxy, such as/],
    ["http://ann:secret@proxy:port", /not the URL/],
    ["http://ann:17/secret@proxy:1", /must be written as %2F, %3F or %23$/],
    ["http://ann:se#cret@proxy:1", /must be written as %2F, %3F or %23$/],
    ["ann:17#secret@proxy:1", /must be written as %2F, %3F or %23$/],
  ];
  for (const [value, problem] of unusable) {
    it(`is refused, without its user and password: ${value}`, () => {
      const setting = settingIn({ HTTPS_PROXY: value });
      assert.ok(setting !== undefined && "problem" in setting);
      assert.match(setting.problem, problem);
      assert.doesNotMatch(setting.problem, /ann|secret|17/);
    });
  }
});
