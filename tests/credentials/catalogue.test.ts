/** The catalogue that the tables of tests are generated over: it has every port, and says what one lacks. */
import assert from "node:assert/strict";

import { credentials } from "../../provider/credentials/all";
import { everyKind, kinds, ownedKind, ownedKinds, resetKind, standsForOthers } from "../support/kinds";

describe("the catalogue of credentials for tests", () => {
  it("has every port of provider/credentials/all.ts, whichever its strategy", () => {
    const classNames = everyKind.map(({ credential }) => credential.className);
    assert.deepEqual(classNames.sort(), credentials.map(({ className }) => className).sort());
  });

  it("says what to add for a port that is reset, and where", () => {
    const [{ credential } = assert.fail()] = kinds;
    assert.throws(() => resetKind({ ...credential, className: "NewRotation" }), {
      message:
        "NewRotation is in provider/credentials/all.ts, and tests can't rotate one. Add it to rotatables of " +
        "sandbox/rotatable.ts: the routes that show and reset one, and how one is added.",
    });
  });

  it("says what to add for a port whose records the stack owns, and where", () => {
    const [{ credential } = assert.fail()] = ownedKinds;
    assert.throws(() => ownedKind({ ...credential, className: "RotatingNew" }), {
      message:
        "RotatingNew is in provider/credentials/all.ts, and tests can't rotate one. Add it to ownables of " +
        "tests/support/ownable.ts: the routes of its records, and the place where they are.",
    });
  });

  it("has one of each form stand for the others in `npm test`", () => {
    for (const kind of everyKind) {
      const alike = everyKind.filter(
        (one) =>
          one.credential.strategy === kind.credential.strategy &&
          one.credential.isReadable === kind.credential.isReadable &&
          one.graces.length === kind.graces.length &&
          one.VERIFY.length === kind.VERIFY.length,
      );
      assert.ok(alike.some(standsForOthers), kind.credential.className);
    }
  });
});
