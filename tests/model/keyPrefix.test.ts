/** The prefixes of keys are those of every credential: a key in the wrong place is refused, and none is printed. */
import assert from "node:assert/strict";

import { keyLabel, LOOKS_LIKE_A_KEY, redact } from "../../provider/model/redact";
import { readConfiguration } from "../../provider/run/configuration";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { everyKind } from "../support/kinds";

describe("the prefixes of keys", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  for (const { credential, add } of everyKind) {
    const { className } = credential;
    const isAccessToken =
      credential.strategy === "reset" ? credential.accessTokenId !== undefined : credential.isAccessToken;
    const aKey = () => add(sandbox, className).takeOver().key;

    it(`tell a key of ${className} from an id, and keep its key out of a text`, () => {
      const key = aKey();
      assert.match(key, LOOKS_LIKE_A_KEY, "KINDS_OF_KEYS of provider/model/redact.ts lacks it");
      const label = `${key.split("-")[0] ?? ""}-…${key.slice(-4)}`;
      assert.deepEqual([redact(`it is "${key}".`), keyLabel(key)], [`it is "${label}".`, label]);
    });

    it(`tell whether a key of ${className} may be the admin key`, () => {
      const key = aKey();
      const read = readConfiguration({
        namespace: "launchdarkly",
        config: () => undefined,
        environment: (name) => (/TOKEN$/.test(name) ? key : undefined),
      });
      assert.equal("problems" in read, !isAccessToken);
    });
  }
});
