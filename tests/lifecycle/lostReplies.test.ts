import assert from "node:assert/strict";

import type { Fault } from "../../sandbox/faults";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { rotationMethods } from "../support/rotationMethods";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

const LOST: Record<string, Fault> = {
  "a dropped connection": { kind: "drop" },
  "a body cut off": { kind: "truncate" },
  "a body that is no JSON": { kind: "notJson" },
  "a 502": { kind: "status", status: 502 },
  "a 200 with four characters of the key": { kind: "status", status: 200, body: '{"token":"ab12"}' },
  "a 200 without a body": { kind: "status", status: 200, body: "" },
};

/** No field of these is what LaunchDarkly's description says. */
const ODD = {
  name: 7,
  role: ["writer"],
  customRoleIds: "none",
  serviceToken: "yes",
  defaultApiVersion: null,
  lastModified: "soon",
  creationDate: {},
  _links: null,
  unheardOf: [[]],
};

/** Answers to the look-up that tell nothing of the token, and how often it is tried. */
const UNREADABLE: [what: string, times: number, fault: Fault][] = [
  ["a 403", 1, { kind: "status", status: 403 }],
  ["a 404", 1, { kind: "status", status: 404 }],
  ["a 503", 5, { kind: "status", status: 503 }],
  ["a body that is no JSON", 5, { kind: "notJson" }],
];

/** What is said of the old key then. */
const ENDS = {
  "1h": /If it was reset, the old key works until \d{4}-/,
  immediate: /If it was reset, the old key is dead\./,
};

describe("a reset whose answer is lost, in the dynamic-provider process", () => {
  const subject = eachRotationProvider();

  for (const { name, prepare, rotate, leading } of rotationMethods) {
    for (const oldKeyExpiry of Object.keys(ENDS)) {
      it(`${name} keeps a whole key, however odd the rest of the answer is, ${oldKeyExpiry}`, async () => {
        const { sandbox, provider, token, newRequests, currentKey } = subject();
        sandbox.store.save({ ...(sandbox.store.find(token.id) ?? assert.fail()), customRoleIds: ["deployers"] });
        const olds = await prepare(subject());
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "alter", fields: ODD } });
        const outs = await rotate(subject(), olds, oldKeyExpiry);
        assert.deepEqual(newRequests(), [...leading, RESET, WHO]);
        assert.equal(outs["token"], currentKey());
        const { name, role, customRoleIds, serviceToken } = outs;
        assert.deepEqual([name, role, customRoleIds, serviceToken], ["ci", "writer", ["deployers"], true], "as before");
        assert.equal((await provider.read(outs)).outs["token"], currentKey());
      });
    }

    it(`${name} stops after three lost answers, though the old key is dead, and the next update goes on`, async () => {
      const { sandbox, provider, inputs, newRequests, currentKey } = subject();
      const olds = await prepare(subject());
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" }, times: 3 });
      const error = await rejection(rotate(subject(), olds, "immediate"));
      assert.match(error.message, /was lost\. The old key is dead\. Run pulumi up again/);
      assert.deepEqual(newRequests(), [...leading, RESET, GET_TOKEN, RESET, GET_TOKEN, RESET, GET_TOKEN]);
      const outs = await provider.update(error.saved?.properties ?? {}, inputs());
      assert.deepEqual(newRequests(), [RESET, WHO]);
      assert.equal(outs["token"], currentKey());
    });

    for (const [what, fault] of Object.entries(LOST)) {
      it(`${name} resets again at once when ${what} hides the new key and the old one is dead`, async () => {
        const { provider, sandbox, newRequests, currentKey, accepts } = subject();
        const olds = await prepare(subject());
        provider.shown.length = 0;
        sandbox.faults.add({ route: RESET, when: "after", fault });
        const outs = await rotate(subject(), olds, "immediate");
        assert.deepEqual(newRequests(), [...leading, RESET, GET_TOKEN, RESET, WHO]);
        assert.equal(outs["token"], currentKey());
        assert.ok(accepts(outs["token"]));
        assert.match(
          provider.shown.join("\n"),
          /warning: .* its answer with the new key was lost\. The old key is dead/,
        );
      });

      it(`${name} stops when ${what} hides the new key while the old one works, and the next update resets`, async () => {
        const { sandbox, provider, inputs, token, newRequests, currentKey, accepts } = subject();
        const olds = await prepare(subject());
        sandbox.faults.add({ route: RESET, when: "after", fault });
        const error = await rejection(rotate(subject(), olds, "1h"));
        assert.deepEqual(newRequests(), [...leading, RESET, GET_TOKEN]);
        const until = String(error.saved?.properties["oldKeyExpiresAt"]);
        assert.match(error.message, /was reset, but LaunchDarkly's answer with the new key was lost/);
        assert.ok(error.message.includes(`The old key works until ${until}. Run pulumi up again`), error.message);
        assert.ok(accepts(olds["token"] ?? token.key), "the old key still works");

        const saved = error.saved?.properties ?? {};
        assert.equal((await provider.diff(saved, inputs())).changes, true, "even if the trigger is edited back");
        const outs = await provider.update(saved, inputs());
        assert.deepEqual(newRequests(), [RESET, WHO]);
        assert.equal(outs["token"], currentKey());
        assert.equal((await provider.diff(outs, inputs())).changes, false);
      });
    }

    for (const [oldKeyExpiry, end] of Object.entries(ENDS)) {
      for (const [what, times, fault] of UNREADABLE) {
        it(`${name} leaves it to the next update when the token can't be read either: ${what}, ${oldKeyExpiry}`, async () => {
          const { sandbox, provider, inputs, newRequests, currentKey } = subject();
          const olds = await prepare(subject());
          sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
          // Create reads the token once before its reset.
          const skip = leading.length === 0 ? 0 : 1;
          sandbox.faults.add({ route: GET_TOKEN, when: "before", skip, times, fault });
          const error = await rejection(rotate(subject(), olds, oldKeyExpiry));
          assert.match(error.message, /may have been reset: .* Run pulumi up again: it finds out/);
          assert.match(error.message, end);
          assert.deepEqual(newRequests(), [...leading, RESET, ...Array<string>(times).fill(GET_TOKEN)]);

          const outs = await provider.update(error.saved?.properties ?? {}, inputs());
          assert.deepEqual(newRequests(), [GET_TOKEN, RESET, WHO]);
          assert.equal(outs["token"], currentKey());
        });
      }
    }
  }
});
