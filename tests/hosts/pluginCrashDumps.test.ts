/** What Node writes when the plugin's process crashes: no key, and no secret input. */
import assert from "node:assert/strict";
import { inspect } from "node:util";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { grpcError, PartialFailure } from "../../provider/hosts/plugin/failure";
import { toWire } from "../../provider/hosts/plugin/wire";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type Crash, crashingProcess } from "../support/crashingProcess";
import { everyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { WHO } from "../support/routes";

const HIDDEN = "known to nobody";
const ODD_KEY = "api-0123456789-abcdef";

interface ErrorPath {
  readonly method: Crash["method"];
  /** Whether the resource is there before, so that its state holds a key. */
  readonly isThere: boolean;
  /** Brings it about; by default nothing has to be done. */
  prepare?(sandbox: Sandbox, make: string): void;
  readonly more?: (sandbox: Sandbox) => Properties;
  /** What the dump says, so that it is known to be of this path. */
  readonly says: RegExp;
}

const PATHS: Readonly<Record<string, ErrorPath>> = {
  "whose answer with the new key is lost": {
    // The stack deletes what it may have created itself.
    ...{ method: "update", isThere: true, says: /PartialFailure.*was lost|Not created.*did not answer the request/ },
    prepare: ({ faults }, route) => {
      faults.add({ route, skip: 1, when: "after", times: 9, fault: { kind: "drop" } });
    },
  },
  "whose new key can't be verified": {
    ...{ method: "create", isThere: false, says: /PartialFailure.*not verified/ },
    prepare: ({ faults }) => {
      faults.add({ route: WHO, skip: 1, when: "before", times: 99, fault: { kind: "status", status: 401 } });
    },
  },
  "that LaunchDarkly refuses, with the keys in its answer": {
    ...{ method: "update", isThere: true, says: /Not (?:reset|created).*403 forbidden: api-….* may not/ },
    prepare: (sandbox, route) => {
      const keys = sandbox.store.everyKey().join(" and ");
      const body = JSON.stringify({ code: "forbidden", message: `${sandbox.adminKey} may not; ${keys}` });
      sandbox.faults.add({ route, skip: 1, when: "before", fault: { kind: "status", status: 403, body } });
    },
  },
  "that gets a state which somebody has edited": {
    ...{ method: "read", isThere: false, says: /The state of an? \w+ can't be read \(ci\): .*rotationCount/ },
    more: () => ({ token: ODD_KEY, rotationCount: "many" }),
  },
  "whose admin key is no key": {
    ...{ method: "create", isThere: false, says: /LaunchDarkly does not accept the key api-…/ },
    prepare: ({ faults }) => {
      faults.add({ route: WHO, when: "before", fault: { kind: "status", status: 401 } });
    },
  },
};

describe("a crash dump of the plugin", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  for (const className of ["AccessTokenRotation", "RotatingAccessToken"]) {
    for (const [what, { method, isThere, prepare, more, says }] of Object.entries(PATHS)) {
      it(`shows no key after a call ${what}: ${className}`, async () => {
        const kind = everyKind.find(({ credential }) => credential.className === className) ?? assert.fail(className);
        const { inputs } = kind.add(sandbox, "ci");
        const asked = (number: number) => ({ ...inputs, triggers: { number, hidden: HIDDEN }, oldKeyExpiry: "1h" });
        prepare?.(sandbox, kind.MAKE);
        const config = { apiHost: sandbox.url, accessToken: sandbox.adminKey };
        const properties = { ...asked(2), ...more?.(sandbox) };
        const crash = { className, config, method, properties, ...(isThere && { created: asked(1) }) };
        const { status, written, report } = await crashingProcess(crash, "plugin");
        assert.equal(status, 1, written);
        assert.match(written, says);
        assert.match(report, /"javascriptStack"/);
        for (const secret of [...sandbox.store.everyKey(), ODD_KEY, HIDDEN]) {
          assert.ok(!(written + report).includes(secret), written.replaceAll(secret, "A SECRET"));
        }
        assert.doesNotMatch(written, /AxiosError|Authorization/i);
      });
    }
  }

  it("shows nothing of the state that a failure saves, which gRPC gets whole", () => {
    const [key, inputs] = ["api-11111111-2222", toWire({ triggers: HIDDEN })];
    const outputs = toWire({ token: key }, new Set(lifecycleOf(accessToken).secretOutputs));
    const failure = new PartialFailure("610955", outputs, inputs, "It failed.");
    assert.deepEqual(failure.detail.getProperties(), outputs);
    const everything = inspect({ failure, copy: Object.assign({}, failure) }, { depth: null, showHidden: true });
    assert.match(everything, /It failed/);
    for (const secret of ["11111111", HIDDEN]) assert.ok(!(everything + JSON.stringify(failure)).includes(secret));
  });

  it("is not needed for an error that nobody foresaw: gRPC gets it without the key that it shows", () => {
    const { details } = grpcError(new Error(`no such thing as ${ODD_KEY}`));
    assert.match(details, /no such thing as api-…cdef\n +at /);
    assert.ok(!details.includes(ODD_KEY));
  });
});
