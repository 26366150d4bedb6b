/** The messages of what does not come about, because the program or LaunchDarkly forbids it: made of samples. */
import { accessToken } from "../../provider/credentials/accessToken/credential";
import * as foresight from "../../provider/messages/announcement";
import { announceUnknown, cannotReset, cutShort, mayFail } from "../../provider/messages/announcement";
import { describeNotRefreshed } from "../../provider/messages/drift";
import { cannotRotate, pilingUp } from "../../provider/messages/replace/announcement";
import { cannotEnd } from "../../provider/messages/replace/work";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import * as selfRotation from "../../provider/messages/selfRotation";

const END = { oldKeyExpiresAt: "2026-11-25T13:00:00.000Z" };
const OVERLAP = { oldKeyExpiry: 86_400_000, rotateAfter: 3_600_000 };
const PROBLEM = "oldKeyExpiry is 2026-11-24T12:00:00.000Z, which has passed";

/** Of a token that the stack authenticates with; and what to do after its rotation. */
export const selfRotations: readonly string[] = [
  selfRotation.describeLockOut(),
  selfRotation.describeDeathAtOnce(),
  selfRotation.describeOutdatedKey(accessToken),
  ...[true, false].map((isInGrace) =>
    selfRotation.adviseOnSelfRotation(accessToken, { ...END, key: "api-0-abcd" }, isInGrace),
  ),
  selfRotation.describeOwnLockOut(),
  selfRotation.describeOwnImmediateEnd(),
  selfRotation.adviseOnOwnRotation(rotatingAccessToken, { ...END, lastFour: "abcd" }),
];

/** What LaunchDarkly was asked for a preview or a refresh. @param why what came back */
export const foreseen = (why: string): readonly string[] => [
  ...(["Can't take over", "Can't reset", "Can't create", "Can't rotate"] as const).map((verdict) =>
    foresight.describeImpossible(verdict, why),
  ),
  foresight.describeUnforeseen(why),
  foresight.describeUnaskedUse(why),
  foresight.describeReaderRole(),
  describeNotRefreshed(why),
];

/** Of an oldKeyExpiry that can't be meant. @param reasons why a rotation is due */
export const refused = (reasons: readonly string[]): readonly string[] => [
  ...reasons.flatMap((reason) => [cannotReset(PROBLEM, reason), cannotRotate(PROBLEM, reason)]),
  cannotEnd(rotatingAccessToken.wording, PROBLEM),
  cutShort(OVERLAP).message,
  pilingUp(rotatingAccessToken.wording, OVERLAP).message,
  ...(rotatingAccessToken.inputWarnings?.({}, { settings: { role: "wrtier" } }, new Set()) ?? []),
  announceUnknown(["tokenId"]).message,
  mayFail(cannotReset(PROBLEM, "triggers.a is not known yet")).message,
];
