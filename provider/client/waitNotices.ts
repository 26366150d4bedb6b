/** Which waits for LaunchDarkly's rate limit are worth a message. */

export interface WaitNotices {
  /**
   * The first one, and then each that is at least twice as long as the last one shown. A rate limit of ten minutes would
   * otherwise be shown a hundred times.
   */
  isNews(milliseconds: number): boolean;
  /** Something was rotated meanwhile: the next wait is news again, and says how far the run is. */
  forget(): void;
}

export function createWaitNotices(): WaitNotices {
  let last = 0;
  return {
    isNews(milliseconds) {
      if (milliseconds < 2 * last) return false;
      last = milliseconds;
      return true;
    },
    forget() {
      last = 0;
    },
  };
}
