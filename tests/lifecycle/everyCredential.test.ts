/** What every credential that is reset has, whatever its key is: age, audit trail and refusals. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { kinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import type { RotationProvider } from "../support/rotationProvider";

/** The outputs of a resource that has just been created, with nothing requested since. */
async function created({ provider, inputs, newRequests }: RotationProvider): Promise<Properties> {
  const { outs } = await provider.create(inputs());
  newRequests();
  return outs;
}

for (const kind of kinds) {
  const { credential, RESET } = kind;

  describe(`${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    it("rotates by age, says how old the key was, and keeps the audit trail", async () => {
      const { provider, inputs, keyIn, currentKey, newRequests } = subject();
      const olds = await created(subject());
      const aged = {
        ...olds,
        [olds["lastRotatedAt"] === null ? "adoptedAt" : "lastRotatedAt"]: "2020-01-01T00:00:00Z",
      };
      const news = inputs({ rotateAfter: "90d" });
      assert.equal((await provider.diff(olds, news)).changes, false);
      assert.equal((await provider.diff(aged, news)).changes, true);
      assert.match(provider.shown.join("\n"), /Will reset .*: \d+ days old, rotateAfter is 90d\./);
      const outs = await provider.update(aged, news);
      assert.equal(keyIn(outs), currentKey());
      assert.equal(newRequests().filter((route) => route === RESET).length, 1);
      assert.equal(outs["rotationCount"], Number(olds["rotationCount"]) + 1);
      assert.match(String(outs["lastRotationReason"]), /^\d+ days old, rotateAfter is 90d$/);
      assert.ok(Date.parse(String(outs["lastRotatedAt"])) > Date.parse("2020-01-01T00:00:00Z"));
      assert.equal((await provider.diff(outs, news)).changes, false);
    });

    it("refuses an end of the old key that it can't give, and an input that it does not have", async () => {
      const { provider, inputs } = subject();
      const failures = async (more: Properties) => {
        const { failures: found } = await provider.check({}, inputs(more));
        return found.join("\n");
      };
      assert.match(await failures({ trigers: 1 }), /trigers is no input of \w+; did you mean triggers\?/);
      const reason = await failures({ oldKeyExpiry: "soon" });
      assert.match(reason, kind.graces.length > 0 ? /oldKeyExpiry must be a duration/ : /oldKeyExpiry .* at once/);
    });
  });
}
