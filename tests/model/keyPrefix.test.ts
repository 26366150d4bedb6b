/** The prefixes of keys are those of every credential: a key in the wrong place is refused, and none is printed. */
import assert from "node:assert/strict";

import { keyLabel, LOOKS_LIKE_A_KEY, redact } from "../../provider/model/redact";
import { readConfiguration } from "../../provider/run/configuration";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { kinds } from "../support/kinds";

describe("the prefixes of keys", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  for (const { credential, rotatable } of kinds) {
    const { className, accessTokenId } = credential;

    it(`tell a key of ${className} from an id, and keep its key out of a text`, () => {
      const { firstKey } = rotatable.add(sandbox, "ci");
      assert.match(firstKey, LOOKS_LIKE_A_KEY);
      const label = `${firstKey.split("-")[0] ?? ""}-…${firstKey.slice(-4)}`;
      assert.deepEqual([redact(`it is "${firstKey}".`), keyLabel(firstKey)], [`it is "${label}".`, label]);
    });

    it(`tell whether a key of ${className} may be the admin key`, () => {
      const { firstKey } = rotatable.add(sandbox, "ci");
      const read = readConfiguration({
        namespace: "launchdarkly",
        config: () => undefined,
        environment: (name) => (/TOKEN$/.test(name) ? firstKey : undefined),
      });
      assert.equal("problems" in read, accessTokenId === undefined);
    });
  }
});
