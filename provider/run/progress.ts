/** How far a run has come: shown while it waits. */

export interface Progress {
  /** The ids of the tokens that this run is known to rotate. */
  readonly due: Set<string>;
  /** The ids of those that it has rotated. */
  readonly done: Set<string>;
}

export function createProgress(): Progress {
  return { due: new Set(), done: new Set() };
}

/** What a run says while LaunchDarkly's rate limit holds it up. */
export function waitingMessage(milliseconds: number, { due, done }: Progress): string {
  const waiting = `waiting ${Math.ceil(milliseconds / 1000)} s for LaunchDarkly's rate limit`;
  return due.size === 0 ? waiting : `${waiting}, ${done.size} of ${due.size} rotated`;
}
