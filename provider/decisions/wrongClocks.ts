/** Tells whether an instant in a state was noted by a clock that was wrong. */

/** Clocks of the machines that run a stack may differ, and LaunchDarkly's is believed within an hour. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** Whether an instant that a run has noted lies so far ahead that its clock, or this one, must be wrong. */
export function isFromTheFuture(instant: number, now: number): boolean {
  return instant > now + TOLERANCE_MS;
}
