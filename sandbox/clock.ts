/** The sandbox's clock: the real one, moved on as tests wish. */

export interface MovableClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the clock by so many milliseconds, back if they are negative. */
  move(milliseconds: number): void;
  /** Lets the clock stand still, so that only `move` moves it. */
  hold(): void;
}

/** @param moved told when it was moved */
export function createMovableClock(moved: () => void): MovableClock {
  let offset = 0;
  let heldAt: number | undefined;
  return {
    now: () => (heldAt ?? Date.now()) + offset,
    hold() {
      heldAt ??= Date.now();
    },
    move(milliseconds) {
      offset += milliseconds;
      moved();
    },
  };
}
