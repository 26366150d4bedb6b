/** What a run says when LaunchDarkly's clock and the local one are too far apart. */
import ms from "ms";

/** @param aheadMs how far LaunchDarkly's clock is ahead of the local one */
export function clockWarning(aheadMs: number): string {
  const difference = `${ms(Math.abs(aheadMs), { long: true })} ${aheadMs > 0 ? "ahead of" : "behind"}`;
  return `Clocks differ: LaunchDarkly's answers are dated ${difference} this machine's clock. This run uses this machine's clock for the grace of old keys. Check that it is right.`;
}

/** A key's age can't be told. @param instant when it begins, as the state has it */
export function unknownAge(instant: string): string {
  return `Age unknown: the state says that this key is from ${instant}, which is in the future. Until then, rotateAfter rotates nothing. Check this machine's clock. If the clock is right, change triggers once: that rotation corrects the date.`;
}
