/** Answers to a reset that hide the new key, for each credential. */
import assert from "node:assert/strict";

import type { Fault } from "../../sandbox/faults";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { kinds } from "../support/kinds";
import { rotationMethodsOf } from "../support/rotationMethods";

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
const END = {
  grace: /If it was reset, the old key works until \d{4}-/,
  none: /If it was reset, the old key is dead\./,
};

for (const kind of kinds) {
  const { credential, LOOK, RESET, VERIFY, graces, noGraces } = kind;

  describe(`a reset whose answer is lost, ${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    for (const { name, prepare, rotate, leading } of rotationMethodsOf(kind)) {
      for (const oldKeyExpiry of [...graces, ...noGraces]) {
        it(`${name} keeps a whole key, however odd the rest of the answer is, ${String(oldKeyExpiry)}`, async () => {
          const { sandbox, provider, token, keyIn, newRequests, currentKey } = subject();
          const kept = sandbox.store.find(token.id);
          if (kept !== undefined) sandbox.store.save({ ...kept, customRoleIds: ["deployers"] });
          const olds = await prepare(subject());
          sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "alter", fields: ODD } });
          const outs = await rotate(subject(), olds, oldKeyExpiry);
          assert.deepEqual(newRequests(), [...leading, RESET, ...VERIFY]);
          assert.equal(keyIn(outs), currentKey());
          const details = Object.keys(credential.details.parse({}));
          const seen = (await provider.read(outs)).outs;
          assert.equal(outs["name"], "ci");
          if (kept !== undefined) {
            const { role, customRoleIds, serviceToken } = outs;
            assert.deepEqual([role, customRoleIds, serviceToken], ["writer", ["deployers"], true], "as before");
          }
          for (const detail of details) {
            if (detail !== "defaultApiVersion") assert.deepEqual(outs[detail], seen[detail], detail);
          }
          assert.equal(keyIn(seen), currentKey());
        });
      }

      for (const oldKeyExpiry of [...graces, ...noGraces]) {
        for (const [what, fault] of Object.entries(LOST)) {
          if (credential.isReadable) {
            it(`${name} reads the new key when ${what} hides it, ${String(oldKeyExpiry)}`, async () => {
              const { sandbox, provider, inputs, token, keyIn, newRequests, currentKey, accepts } = subject();
              const olds = await prepare(subject());
              sandbox.faults.add({ route: RESET, when: "after", fault });
              const outs = await rotate(subject(), olds, oldKeyExpiry);
              assert.deepEqual(newRequests(), [...leading, RESET, LOOK]);
              assert.equal(keyIn(outs), currentKey());
              assert.equal(outs["rotationCount"], 1);
              assert.equal(
                accepts(token.key),
                graces.includes(oldKeyExpiry ?? ""),
                "the old key has what was promised",
              );
              assert.equal((await provider.diff(outs, inputs({ triggers: { a: 2 } }))).changes, false);
            });
          } else if (graces.includes(oldKeyExpiry ?? "")) {
            it(`${name} stops when ${what} hides the new key while the old one works, and the next update resets`, async () => {
              const { sandbox, provider, inputs, token, keyIn, newRequests, currentKey, accepts } = subject();
              const olds = await prepare(subject());
              sandbox.faults.add({ route: RESET, when: "after", fault });
              const error = await rejection(rotate(subject(), olds, oldKeyExpiry));
              assert.deepEqual(newRequests(), [...leading, RESET, LOOK]);
              const until = String(error.saved?.properties["oldKeyExpiresAt"]);
              assert.match(error.message, /Reset, but the new key is lost: LaunchDarkly's answer was lost/);
              assert.ok(error.message.includes(`The old key works until ${until}. Run pulumi up again`), error.message);
              assert.ok(accepts(keyIn(olds) ?? token.key), "the old key still works");

              const saved = error.saved?.properties ?? {};
              assert.equal((await provider.diff(saved, inputs())).changes, true, "even if the trigger is edited back");
              const outs = await provider.update(saved, inputs());
              assert.deepEqual(newRequests(), [RESET, ...VERIFY]);
              assert.equal(keyIn(outs), currentKey());
              assert.equal((await provider.diff(outs, inputs())).changes, false);
            });
          } else {
            it(`${name} resets again at once when ${what} hides the new key and the old one is dead`, async () => {
              const { provider, sandbox, keyIn, newRequests, currentKey, accepts } = subject();
              const olds = await prepare(subject());
              provider.shown.length = 0;
              sandbox.faults.add({ route: RESET, when: "after", fault });
              const outs = await rotate(subject(), olds, oldKeyExpiry);
              assert.deepEqual(newRequests(), [...leading, RESET, LOOK, RESET, ...VERIFY]);
              assert.equal(keyIn(outs), currentKey());
              assert.ok(accepts(keyIn(outs)));
              assert.match(
                provider.shown.join("\n"),
                /warning: Reset again at once .* LaunchDarkly's answer with the new key was lost\. The old key is dead/,
              );
            });
          }
        }

        for (const [what, times, fault] of UNREADABLE) {
          it(`${name} leaves it to the next update when it can't be looked at either: ${what}, ${String(oldKeyExpiry)}`, async () => {
            const { sandbox, provider, inputs, token, keyIn, newRequests, currentKey, accepts } = subject();
            const olds = await prepare(subject());
            sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
            // Create looks once before its reset.
            const skip = leading.includes(LOOK) ? 1 : 0;
            sandbox.faults.add({ route: LOOK, when: "before", skip, times, fault });
            const error = await rejection(rotate(subject(), olds, oldKeyExpiry));
            assert.match(error.message, /^May have been reset: .* Run pulumi up again: it looks/);
            assert.match(error.message, graces.includes(oldKeyExpiry ?? "") ? END.grace : END.none);
            assert.deepEqual(newRequests(), [...leading, RESET, ...Array<string>(times).fill(LOOK)]);

            // Even if the trigger is edited back.
            const outs = await provider.update(error.saved?.properties ?? {}, inputs());
            if (!credential.isReadable) assert.deepEqual(newRequests(), [LOOK, RESET, ...VERIFY]);
            else {
              // The rotation is recorded as carried out; editing the trigger back asks for another one.
              assert.deepEqual(newRequests(), [LOOK, RESET]);
            }
            assert.equal(keyIn(outs), currentKey());
            assert.ok(currentKey() !== token.key && accepts(currentKey()));
          });
        }
      }

      if (credential.isReadable) continue;
      it(`${name} stops after three lost answers, though the old key is dead, and the next update goes on`, async () => {
        const { sandbox, provider, inputs, keyIn, newRequests, currentKey } = subject();
        const olds = await prepare(subject());
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" }, times: 3 });
        const error = await rejection(rotate(subject(), olds, noGraces[0]));
        assert.match(error.message, /was lost\. The old key is dead\. Run pulumi up again/);
        assert.deepEqual(newRequests(), [...leading, RESET, LOOK, RESET, LOOK, RESET, LOOK]);
        const outs = await provider.update(error.saved?.properties ?? {}, inputs());
        assert.deepEqual(newRequests(), [RESET, ...VERIFY]);
        assert.equal(keyIn(outs), currentKey());
      });
    }
  });
}
