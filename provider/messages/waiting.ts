/** What a run says while LaunchDarkly's rate limit holds it up. */

/**
 * @param due how many credentials the run is known to rotate
 * @param done how many of them it has rotated
 */
export function describeWait(milliseconds: number, due: number, done: number): string {
  const progress = due === 0 ? "" : `, ${done} of ${due} rotated`;
  return `Held up: waiting ${Math.ceil(milliseconds / 1000)} s for LaunchDarkly's rate limit${progress}.`;
}
