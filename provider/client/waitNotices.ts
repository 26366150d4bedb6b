/** Which waits for LaunchDarkly's rate limit are worth a message. */

export interface WaitNotices {
  /**
   * The first wait is, and then one that is at least twice as long as the last that was: a rate limit of ten minutes is
   * met a hundred times.
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
