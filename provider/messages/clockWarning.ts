/** What a run says when LaunchDarkly's clock and the local one are too far apart. */
import ms from "ms";

/** @param aheadMs how far LaunchDarkly's clock is ahead of the local one */
export function clockWarning(aheadMs: number): string {
  const difference = `${ms(Math.abs(aheadMs), { long: true })} ${aheadMs > 0 ? "ahead of" : "behind"}`;
  return `Clocks differ: LaunchDarkly's answers are dated ${difference} this machine's clock. This run uses this machine's clock for the grace of old keys. Check that it is right.`;
}

/** A key's age can't be told. @param instant when it begins, as the state has it */
export function unknownAge(instant: string): string {
  return `Age unknown: by the state, this key is of ${instant}, which is in the future, so rotateAfter rotates nothing. Check this machine's clock. If it is right, change triggers once: the rotation sets the date right.`;
}
