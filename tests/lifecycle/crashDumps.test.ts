/** What Node writes when the provider's process crashes: no key. */
import assert from "node:assert/strict";
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { inspect } from "node:util";

import { resetKey } from "../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { PartialFailure } from "../../provider/hosts/dynamic/provider";
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { savedState, stateOutputs } from "../../provider/model/outputs";
import { type Crash, crashingProcess } from "../support/crashingProcess";
import { allKeys } from "../support/rotationStack";
import { storedState } from "../support/storedState";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

interface ErrorPath {
  readonly crash: Omit<Crash, "config" | "properties"> & { readonly properties?: Crash["properties"] };
  /** Brings it about; by default nothing has to be done. */
  prepare?(sandbox: Sandbox, token: { readonly id: string; readonly key: string }): void;
  readonly config?: Crash["config"];
  /** What the dump says, so that it is known to be of this path. */
  readonly says: RegExp;
}

describe("a crash dump of an error that nobody handles", () => {
  let sandbox: Sandbox;
  let token: { readonly id: string; readonly key: string };

  beforeEach(async () => {
    sandbox = await startSandbox();
    token = sandbox.createToken({ name: "ci", role: "writer" });
  });
  afterEach(() => sandbox.stop());

  const inputs = () => ({ tokenId: token.id, triggers: { a: 1 }, oldKeyExpiry: "1h", verify: true });

  /** The update of a resource that was created in the same process, so that its state holds a key. */
  const update = { method: "update", created: {}, properties: { triggers: { a: 2 } } } as const;

  const paths: Record<string, ErrorPath> = {
    "whose reset is lost": {
      crash: update,
      prepare: () => {
        sandbox.faults.add({ route: RESET, skip: 1, when: "after", fault: { kind: "drop" } });
      },
      says: /PartialFailure.*was lost\. The old key works until/,
    },
    "whose reset is in doubt": {
      crash: update,
      prepare: () => {
        sandbox.faults.add({ route: RESET, skip: 1, when: "after", fault: { kind: "truncate" } });
        sandbox.faults.add({ route: GET_TOKEN, skip: 1, when: "before", fault: { kind: "status", status: 403 } });
      },
      says: /PartialFailure.*May have been reset/,
    },
    "whose key can't be verified": {
      crash: { method: "create" },
      prepare: () => {
        const fault = { kind: "status", status: 401 } as const;
        sandbox.faults.add({ route: WHO, callerId: token.id, when: "before", fault, times: 9 });
      },
      says: /PartialFailure.*Reset, but not verified/,
    },
    "whose key was reset by somebody else": {
      crash: { method: "create" },
      prepare: () => {
        sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 504 } });
        sandbox.events.on("processed", ({ hasReset }) => {
          if (!hasReset) return;
          sandbox.events.removeAllListeners("processed");
          const found = sandbox.store.find(token.id) ?? assert.fail();
          sandbox.store.save(resetKey(found, sandbox.clock.now(), sandbox.clock.now()));
        });
      },
      says: /PartialFailure.*has been reset once more since/,
    },
    "whose initialToken is another one's key": {
      crash: { method: "create", properties: { initialToken: "the admin key" } },
      says: /Not taken over: the key api-…\w{4} belongs to another one/,
    },
    "that LaunchDarkly refuses, with the keys in its answer": {
      crash: update,
      prepare: () => {
        const body = JSON.stringify({ code: "forbidden", message: `${sandbox.adminKey} may not; ${token.key}` });
        sandbox.faults.add({ route: RESET, skip: 1, when: "before", fault: { kind: "status", status: 403, body } });
      },
      says: /Not reset: .*403 forbidden: api-….* may not/,
    },
    "that can't reach LaunchDarkly": {
      crash: { method: "create" },
      config: { "launchdarkly:apiHost": "closed port" },
      says: /Not reset: LaunchDarkly can't be reached .*ECONNREFUSED/,
    },
    "that LaunchDarkly cuts off": {
      crash: { method: "client.look" },
      prepare: () => {
        sandbox.faults.add({ route: GET_TOKEN, when: "after", fault: { kind: "truncate" }, times: 9 });
      },
      says: /LaunchDarklyError: LaunchDarkly did not answer the request to read access token/,
    },
    "that LaunchDarkly answers with the key": {
      crash: { method: "client.look" },
      prepare: () => {
        const body = JSON.stringify({ code: sandbox.adminKey, message: token.key });
        sandbox.faults.add({ route: GET_TOKEN, when: "after", fault: { kind: "status", status: 400, body } });
      },
      says: /LaunchDarklyError: LaunchDarkly refused to read access token .*api-…/,
    },
    "that reads a token which LaunchDarkly fails to show": {
      crash: { ...update, method: "read" },
      prepare: () => {
        const fault = { kind: "status", status: 500 } as const;
        sandbox.faults.add({ route: GET_TOKEN, skip: 1, when: "after", fault, times: 9 });
      },
      says: /gave no usable answer to the request to read access token/,
    },
    "that reads a state which somebody has edited": {
      crash: { method: "read", properties: { token: "api-0123456789-abcdef", rotationCount: "many" } },
      says: /The state of an AccessTokenRotation can't be read: rotationCount/,
    },
    "whose admin key is no key": {
      crash: { method: "create" },
      prepare: () => {
        sandbox.faults.add({ route: WHO, when: "before", fault: { kind: "status", status: 401 } });
      },
      says: /Not reset: LaunchDarkly does not accept the key api-…/,
    },
  };

  for (const [what, { crash, prepare, config, says }] of Object.entries(paths)) {
    it(`shows no key after a call ${what}`, async () => {
      prepare?.(sandbox, token);
      const closed = `http://127.0.0.1:${String(await closedPort())}`;
      const { status, written, report } = await crashingProcess({
        config: {
          "launchdarkly:accessToken": sandbox.adminKey,
          "launchdarkly:apiHost": config === undefined ? sandbox.url : closed,
        },
        method: crash.method,
        ...(crash.created && { created: inputs() }),
        properties: {
          ...inputs(),
          ...crash.properties,
          ...(crash.properties && "initialToken" in crash.properties && { initialToken: sandbox.adminKey }),
        },
      });
      assert.equal(status, 1, written);
      assert.match(written, says);
      assert.match(report, /"javascriptStack"/);
      const keys = [...allKeys(sandbox), "0123456789-abcdef"];
      for (const key of keys) assert.ok(!(written + report).includes(key), written.replaceAll(key, "A KEY"));
      assert.doesNotMatch(written, /AxiosError|Authorization/i);
    });
  }

  it("shows no key of a failure that Pulumi reads the whole state from", () => {
    const state = storedState({ tokenId: "610955", token: "api-11111111-2222" });
    const failure = new PartialFailure(
      "610955",
      { ...savedState(accessToken, state).outputs, __provider: "the provider" },
      "It failed.",
    );
    assert.deepEqual(failure.properties, { ...stateOutputs(accessToken, state), __provider: "the provider" });
    assert.deepEqual([failure.id, failure.reasons], ["610955", ["It failed."]]);
    const everything = inspect({ failure, copy: Object.assign({}, failure) }, { depth: null, showHidden: true });
    assert.match(everything, /It failed/);
    assert.doesNotMatch(everything + JSON.stringify(failure), /11111111/);
  });
});

/** A port of this machine that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
