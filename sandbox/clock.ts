/** The sandbox's clock: the real one, moved on as tests wish. */

export interface MovableClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the clock by so many milliseconds, back if they are negative. */
  move(milliseconds: number): void;
}

export function createMovableClock(): MovableClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    move(milliseconds) {
      offset += milliseconds;
    },
  };
}
