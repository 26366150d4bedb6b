/** Messages and reasons speak of a record in its credential's words: those of keys say nothing of tokens. */
import assert from "node:assert/strict";

import { reasonText } from "../../../provider/decisions/rotationReason";
import { firstReason, ownedRotationReasons } from "../../../provider/decisions/replace/rotationReason";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";
import { rotatingSdkKey } from "../../../provider/credentials/rotatingSdkKey/credential";
import { pilingUp } from "../../../provider/messages/replace/announcement";
import * as naming from "../../../provider/messages/replace/naming";
import { describeUnidentified } from "../../../provider/messages/replace/outcome";
import type { OwnedState } from "../../../provider/model/ownedState";
import { UNKNOWN_VALUE } from "../../../provider/model/json";
import { replaceWords } from "../../../provider/rotation/replace/form";
import { AT, HOUR, ownedState, previousToken } from "../../support/ownedSamples";
import { anotherKind, ofAnotherKind } from "./everyMessage";

const { wording } = anotherKind;

/** The setting that has the admin key, which is an access token whatever the stack rotates. */
const ADMIN_KEY = /⟨accessToken⟩|LAUNCHDARKLY_ACCESS_TOKEN/g;
const saysToken = (text: string) => /token/i.test(text.replace(ADMIN_KEY, ""));

describe("what is said of records that are called keys", () => {
  it("says token in no message", () => {
    assert.deepEqual(ofAnotherKind.filter(saysToken), []);
    assert.ok(saysToken("Deleted: access token k-2."));
    assert.ok(!saysToken("Check ⟨accessToken⟩."));
  });

  it("calls them what people call them", () => {
    const said = (message: string) => {
      assert.ok(ofAnotherKind.includes(message), message);
    };
    said("Deleted: SDK key 6109bb (ending in abcd). This stack created it, but lost the answer with its value.");
    said("Deleted: the previous key 6109aa (ending in ef01). Its value is dead.");
    said("Gone: the previous key 6109aa (ending in ef01) is not at LaunchDarkly any more.");
    said(
      'Will create: SDK key "ci". To take over one that exists, give initialKeyId. After a rename, give aliases, or the old key is deleted.',
    );
  });

  it("says what may limit their number", () => {
    const said = [rotatingAccessToken, rotatingSdkKey].map(({ wording: words }) => {
      return pilingUp(words, { oldKeyExpiry: 24 * HOUR, rotateAfter: HOUR }).message.replace(/^.* at once, /, "");
    });
    assert.deepEqual(said, ["and the account may limit their number.", "and the environment may limit their number."]);
  });

  it("says token in no reason", () => {
    const inputs = { triggers: null, rotateAfter: undefined, oldKeyExpiry: { kind: "immediate" } as const };
    const reasonOf = (more: Partial<OwnedState>) =>
      reasonText(ownedRotationReasons(wording, ownedState(more), inputs, AT));
    assert.deepEqual(
      [
        firstReason(wording).text,
        reasonOf({ key: null }),
        reasonOf({ isGone: true }),
        reasonOf({ foreignExpiry: AT }),
        reasonOf({ newer: { id: "k-9", lastFour: "ab12" } }),
      ],
      [
        "first key of this stack",
        "first key of this stack",
        "the SDK key was deleted outside Pulumi",
        "the SDK key expired at 2026-11-25T00:00:00.000Z",
        "a newer key of this resource is at LaunchDarkly, k-9, whose value is not in this state",
      ],
    );
  });

  it("says token in no name, nor in any other words", () => {
    const { anew, frozen, it, takeOver } = replaceWords(anotherKind);
    const previous = previousToken({ id: "k-1" });
    const words = [
      ...[naming.ownedName(wording, { currentId: "k-2", settings: {} }), naming.newName(wording, { name: "ci" })],
      naming.newName(wording, { name: UNKNOWN_VALUE }),
      ...["why.", "why k-1."].map((why) => naming.previousBeside(wording, previous, why)),
      ...[anew, frozen, it, takeOver.idInput, takeOver.otherwise, describeUnidentified(wording)],
    ];
    assert.deepEqual(words.filter(saysToken), []);
  });
});
