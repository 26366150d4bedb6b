/** Finding a token by its name, in a program. */
import assert from "node:assert/strict";
import { mock } from "node:test";

import * as pulumi from "@pulumi/pulumi";

import { findAccessToken, findAccessTokenOutput } from "../../provider/lookup/findAccessToken";
import { beginMockedRun, endMockedRun } from "../support/mocks";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";

const LIST = "GET /api/v2/tokens";

describe("findAccessToken", () => {
  let sandbox: Sandbox;

  function configure(settings: Record<string, string>): void {
    const entries = Object.entries(settings).map(([key, value]) => [`launchdarkly:${key}`, value] as const);
    pulumi.runtime.setAllConfig(Object.fromEntries(entries));
  }

  beforeEach(async () => {
    sandbox = await startSandbox();
    configure({ apiHost: sandbox.url, accessToken: sandbox.adminKey });
  });
  afterEach(async () => {
    pulumi.runtime.setAllConfig({});
    await sandbox.stop();
  });

  async function failure(name: string): Promise<string> {
    const error: unknown = await findAccessToken({ name }).catch((reason: unknown) => reason);
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    assert.ok(!error.message.includes(sandbox.adminKey));
    return error.message;
  }
  async function inPreview(work: () => Promise<void>): Promise<void> {
    pulumi.runtime.setMockOptions({}, "project", "stack", true);
    try {
      await work();
    } finally {
      pulumi.runtime.setMockOptions(undefined, "project", "stack", false);
    }
  }
  const lists = () => sandbox.requests.filter(({ route }) => route === LIST).length;

  it("finds the token of that name", async () => {
    const { id } = sandbox.createToken({ name: "ci", role: "writer" });
    sandbox.createToken({ name: "ci 2" });
    assert.deepEqual(await findAccessToken({ name: "ci" }), {
      id,
      name: "ci",
      role: "writer",
      customRoleIds: [],
      serviceToken: true,
      defaultApiVersion: 20240415,
    });
  });

  it("pages through the list, once for all look-ups of a run", async () => {
    const ids = Array.from({ length: 230 }, (_, index) => sandbox.createToken({ name: `token ${index}` }).id);
    const found = await Promise.all([0, 101, 229].map((index) => findAccessToken({ name: `token ${index}` })));
    assert.deepEqual(
      found.map(({ id }) => id),
      [ids[0], ids[101], ids[229]],
    );
    assert.equal(lists(), 3, "three pages of a hundred");
    await findAccessToken({ name: "token 7" });
    assert.equal(lists(), 3);
  });

  it("lists anew in another run of the same process", async () => {
    sandbox.createToken({ name: "ci" });
    await findAccessToken({ name: "ci" });
    const { id } = sandbox.createToken({ name: "created since" });
    assert.match(await failure("created since"), /^No access token is called/);
    // An automation program has another monitor in every run.
    pulumi.runtime.setMockOptions({});
    try {
      assert.equal((await findAccessToken({ name: "created since" })).id, id);
    } finally {
      pulumi.runtime.setMockOptions(undefined);
    }
    assert.equal(lists(), 2);
  });

  it("takes its settings from the environment where the configuration has none", async () => {
    const { id } = sandbox.createToken({ name: "ci" });
    configure({});
    const variables = { LAUNCHDARKLY_API_HOST: sandbox.url, LAUNCHDARKLY_ACCESS_TOKEN: sandbox.adminKey };
    Object.assign(process.env, variables);
    try {
      assert.equal((await findAccessToken({ name: "ci" })).id, id);
    } finally {
      for (const variable of Object.keys(variables)) Reflect.deleteProperty(process.env, variable);
    }
  });

  it("says that it waits for a rate limit, and nothing of rotations", async () => {
    sandbox.createToken({ name: "ci" });
    const fault = { kind: "status", status: 429, headers: { "Retry-After": "1" } } as const;
    sandbox.faults.add({ route: LIST, when: "before", fault });
    const info = mock.method(pulumi.log, "info", () => Promise.resolve());
    try {
      assert.equal((await findAccessToken({ name: "ci" })).name, "ci");
      assert.deepEqual(
        info.mock.calls.map(({ arguments: words }) => words),
        [["Held up: waiting 1 s for LaunchDarkly's rate limit."]],
      );
    } finally {
      info.mock.restore();
    }
  });

  it("asks once in a preview while the rate limit holds requests back, waits for nothing, and says so", async () => {
    const fault = { kind: "status", status: 429, headers: { "Retry-After": "600" } } as const;
    sandbox.faults.add({ route: LIST, when: "before", times: Infinity, fault });
    await inPreview(async () => {
      for (const message of await Promise.all(["ci", "other"].map(failure)))
        assert.match(message, /rate limit held back the request/);
      assert.equal(lists(), 1);
    });
  });

  it("asks again in a preview for an answer that did not come, three times in all", async () => {
    sandbox.createToken({ name: "ci" });
    const fault = { kind: "status", status: 503 } as const;
    sandbox.faults.add({ route: LIST, when: "before", times: 2, fault });
    await inPreview(async () => {
      assert.equal((await findAccessToken({ name: "ci" })).name, "ci");
      assert.equal(lists(), 3);
    });
  });

  it("gives up in a preview after three answers that did not come", async () => {
    sandbox.faults.add({ route: LIST, when: "before", times: Infinity, fault: { kind: "status", status: 503 } });
    await inPreview(async () => {
      assert.match(await failure("ci"), /503/);
      assert.equal(lists(), 3);
    });
  });

  it("finds personal tokens of other members, too", async () => {
    const { id } = sandbox.createToken({ name: "ada's", serviceToken: false });
    sandbox.store.save({ ...(sandbox.store.find(id) ?? assert.fail()), memberId: "569f514183f2164430000099" });
    assert.equal((await findAccessToken({ name: "ada's" })).id, id);
  });

  it("says that there is none, and which one comes close", async () => {
    sandbox.createToken({ name: "CI deploys" });
    assert.match(
      await failure("ci deploys"),
      /^No access token is called "ci deploys" among the 2 that the key of launchdarkly:accessToken may see\. There is one called "CI deploys"\.$/,
    );
    assert.match(
      await failure("other"),
      /Personal tokens of other members are shown to a key with the Admin role only/,
    );
  });

  it("says that there are several, and what tells them apart", async () => {
    const first = sandbox.createToken({ name: "ci" });
    const second = sandbox.createToken({ name: "ci", serviceToken: false });
    const message = await failure("ci");
    assert.ok(
      message.includes(
        `Several access tokens are called "ci": ${first.id}, ${second.id} (personal). Give the resource the`,
      ),
      message,
    );
  });

  it("says what is wrong with the configuration before a request is sent", async () => {
    configure({ apiHost: "http://launchdarkly.example.com", accessToken: sandbox.adminKey });
    assert.match(await failure("ci"), /launchdarkly:apiHost .* must use https/);
    configure({});
    assert.match(await failure("ci"), /launchdarkly:accessToken .* is not set/);
    configure({ acessToken: sandbox.adminKey });
    assert.match(await failure("ci"), /^launchdarkly:acessToken is no setting; its name is launchdarkly:accessToken$/m);
    pulumi.runtime.setAllConfig({ [`${pulumi.getProject()}:accessToken`]: sandbox.adminKey });
    assert.match(await failure("ci"), /^accessToken belongs to the project, /m);
    assert.equal(sandbox.requests.length, 0);
  });

  it("says that the key is refused, and asks again the next time", async () => {
    sandbox.createToken({ name: "ci" });
    sandbox.faults.add({ route: LIST, when: "before", fault: { kind: "status", status: 401 } });
    assert.match(await failure("ci"), /does not accept the key api-…\w{4} \(401.* Check launchdarkly:accessToken\.$/);
    assert.equal((await findAccessToken({ name: "ci" })).name, "ci");
  });

  it("survives a busy LaunchDarkly", async () => {
    sandbox.createToken({ name: "ci" });
    sandbox.faults.add({ route: LIST, when: "before", fault: { kind: "status", status: 503 } });
    sandbox.faults.add({ route: LIST, when: "after", fault: { kind: "truncate" } });
    assert.equal((await findAccessToken({ name: "ci" })).name, "ci");
    assert.equal(lists(), 3);
  });
});

describe("findAccessToken under the mocks of a unit test", () => {
  afterEach(endMockedRun);

  it("makes no request, and says how it is answered", async () => {
    await beginMockedRun();
    await assert.rejects(
      findAccessToken({ name: "ci" }),
      /makes no request under setMocks\. Let the mocks answer it: call: .*"launchdarkly:index:findAccessToken"/,
    );
  });

  it("finds what the mocks answer", async () => {
    await beginMockedRun((token) => (token === "launchdarkly:index:findAccessToken" ? { id: "abc" } : {}));
    assert.equal((await findAccessToken({ name: "ci" })).id, "abc");
    const { id } = findAccessTokenOutput({ name: pulumi.output("ci") });
    assert.equal(await new Promise((resolve) => id.apply(resolve)), "abc");
  });
});
