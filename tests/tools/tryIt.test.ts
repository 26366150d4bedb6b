/** npm run try-it, against the sandbox: what it says, that it asks, and that it leaves no token and shows no key. */
import assert from "node:assert/strict";

import { createTransport } from "../../provider/client/transport";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/sandbox";
import { openAccount } from "../../tools/tryIt/account";
import { tryIt } from "../../tools/tryIt/tryIt";

const CREATE = "POST /api/v2/tokens";
const RESET = "POST /api/v2/tokens/:id/reset";
const PATCH = "PATCH /api/v2/tokens/:id";
const DELETE = "DELETE /api/v2/tokens/:id";

describe("npm run try-it", () => {
  let sandbox: Sandbox;
  let printed: string;

  const start = async (options: SandboxOptions = {}) => {
    sandbox = await startSandbox(options);
    printed = "";
  };
  beforeEach(() => start());
  afterEach(async () => {
    await sandbox.stop();
    assert.doesNotMatch(printed, /\b(?:api|sdk|mob)-[\w-]{5,}/, "no key is shown");
  });

  /** Runs it in this process, where time passes as fast as it waits. */
  const run = async (agree: (question: string) => boolean = () => true) => {
    const { projectKey, environmentKey } = sandbox.createEnvironment();
    const wait = (milliseconds: number) => {
      sandbox.clock.move(milliseconds);
      return Promise.resolve();
    };
    const account = openAccount({
      transport: createTransport({
        host: sandbox.url,
        userAgent: "test",
        connectTimeoutMs: 10_000,
        responseTimeoutMs: 10_000,
      }),
      key: sandbox.adminKey,
      name: "try-it test",
      clock: () => sandbox.clock.now(),
      wait,
      interrupted: new AbortController().signal,
    });
    return tryIt({
      account,
      agree: (question) => Promise.resolve(agree(question)),
      wait,
      environment: `${projectKey}/${environmentKey}`,
      print(line) {
        printed += `${line}\n`;
      },
    });
  };
  const keysLeft = () => sandbox.store.additionalKeys.all().filter(({ deletedAt }) => deletedAt === undefined);
  const left = () => sandbox.store.all().filter(({ id }) => id !== sandbox.adminId);
  const writes = () => sandbox.requests.filter(({ method }) => method !== "GET").map(({ route }) => route);
  const answers = (): Record<string, string | undefined> =>
    Object.fromEntries(
      [...printed.matchAll(/^\| (.*?) \| (.*?) \|$/gm)].map(([, question = "", answer]) => [question, answer]),
    );

  it("tells what was answered, and deletes its tokens", async () => {
    assert.equal(await run(), true);
    assert.deepEqual(left(), []);
    const told = answers();
    assert.equal(told["is a token's key readable"], "its last characters");
    assert.equal(told["reset with an expiry in milliseconds"], "200");
    assert.equal(told["the old key works in its grace"], "works");
    assert.equal(told["the oldest key after the second reset"], "works");
    assert.equal(told["the old key after its grace"], "is refused at once");
    assert.equal(told["reset with an expiry that has passed"], "400 invalid_request");
    assert.equal(told["the old key after that"], "is refused at once");
    assert.equal(told["patch: take the expiry away"], "200");
    assert.equal(told["the key after its expiry"], "is refused at once");
    assert.equal(told["is its apiKey readable"], "yes");
    assert.match(String(told["may it create an Admin token"]), /^201/);
    assert.equal(told["the role of what it created"], '"admin"');
    assert.match(String(told["may it give itself the role admin"]), /^200/);
    assert.equal(told["create another SDK key"], "201");
    assert.equal(told["create one with the identifier of the deleted one"], "409 conflict");
    assert.equal(told["its views, by a patch"], "200");
    assert.equal(told["create one that ends in a minute"], "201");
    assert.match(String(told["another expiry for one that has expired"]), /^4\d\d/);
    assert.equal(told["an identifier with . and _"], "201");
    assert.equal(told["an identifier of 257 characters"], "201");
    assert.equal(told["are default keys among the others"], "yes");
    assert.equal(told["read a default key by its identifier"], "200");
    assert.match(String(told["may a default key be changed"]), /^409 conflict/);
    assert.equal(told["what a reader sees of an SDK key"], "masked");
    assert.equal(told["what a reader sees of a mobile key"], "the value");
    assert.deepEqual(keysLeft(), []);
  });

  it("tells where nobody can make a token more than it is, and where the plan has no several keys", async () => {
    sandbox.openQuestions.grantsMoreThanOwn = false;
    sandbox.openQuestions.withoutSeveralKeys = 404;
    assert.equal(await run(), true);
    assert.deepEqual(left(), []);
    const told = answers();
    assert.match(String(told["may it create an Admin token"]), /^403 forbidden: /);
    assert.equal(told["the role of what it created"], undefined);
    assert.match(String(told["may it give itself the role admin"]), /^403 forbidden: /);
    assert.match(String(told["create another SDK key"]), /^404/);
  });

  it("deletes SDK and mobile keys whose answers were lost", async () => {
    for (const skip of [0, 1, 2, 3]) {
      const route = "POST /api/v2/projects/:projectKey/environments/:environmentKey/sdk-keys";
      sandbox.faults.add({ route, when: "after", fault: { kind: "drop" }, skip });
      await run();
      assert.deepEqual(keysLeft(), [], `after ${skip} others`);
      sandbox.faults.clear();
    }
  });

  it("tells other answers where LaunchDarkly behaves otherwise", async () => {
    await sandbox.stop();
    await start({
      openQuestions: {
        endsOlderGrace: true,
        knowsTokenExpiry: false,
        acceptsPastResetExpiry: true,
        revivesExpiredKeys: true,
        hidesMobileKeys: true,
        longestKeyId: 100,
      },
    });
    assert.equal(await run(), true);
    assert.deepEqual(left(), []);
    const told = answers();
    assert.equal(told["the oldest key after the second reset"], "is refused");
    assert.equal(told["the answer shows the expiry"], "no");
    assert.match(String(told["patch: add an expiry"]), /^422/);
    assert.equal(told["reset with an expiry that has passed"], "200");
    assert.equal(told["another expiry for one that has expired"], "200");
    assert.equal(told["what a reader sees of a mobile key"], "masked");
    assert.equal(told["an identifier of 100 characters"], "201");
    assert.match(String(told["an identifier of 256 characters"]), /^4\d\d/);
  });

  it("writes nothing that nobody has agreed to", async () => {
    assert.equal(await run(() => false), true);
    assert.deepEqual(writes(), []);
    assert.equal(await run((question) => question.startsWith("Create a service token")), true);
    assert.deepEqual(writes(), [CREATE, DELETE]);
  });

  for (const [what, when, fault] of [
    ["is refused", "before", { kind: "status", status: 500 }],
    ["loses its answer", "after", { kind: "drop" }],
  ] as const) {
    for (const route of [CREATE, RESET, PATCH, DELETE]) {
      it(`leaves nothing behind where a ${route} ${what}`, async () => {
        for (const skip of [0, 1]) {
          sandbox.faults.add({ route, when, fault, skip });
          await run();
          assert.deepEqual(left(), [], `after ${skip} others`);
          sandbox.faults.clear();
        }
      });
    }
  }

  it("names what it could not delete, and fails", async () => {
    sandbox.faults.add({ route: DELETE, when: "before", fault: { kind: "status", status: 500 }, times: 100 });
    assert.equal(await run(), false);
    for (const { id } of left()) assert.match(printed, new RegExp(`Left behind: token ${id}, named "try-it test"`));
    assert.ok(left().length > 0);
  });

  it("says that the key is not accepted, and sends nothing more", async () => {
    sandbox.faults.add({
      route: "GET /api/v2/caller-identity",
      when: "before",
      fault: { kind: "status", status: 401 },
    });
    assert.equal(await run(), false);
    assert.match(printed, /Stopped: LaunchDarkly does not accept the key\./);
    assert.equal(sandbox.requests.length, 1);
  });

  it("shows no key that an answer repeats", async () => {
    const body = JSON.stringify({ code: `not with ${sandbox.adminKey}` });
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 400, body } });
    await run();
    assert.match(String(answers()["reset with an expiry in milliseconds"]), /^400 not with api-…\w{4}$/);
  });
});
