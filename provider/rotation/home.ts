/** Holds a run to where a credential lives, and notes where that is. */
import { elsewhere, notedHome } from "../decisions/home";
import { describeElsewhere } from "../messages/run";
import { UserError } from "../messages/words";
import type { Home } from "../model/state";
import type { Session } from "../run/session";

interface Settled {
  /** Null in a state of an older release. */
  readonly home: Home | null;
}

/**
 * Sends nothing.
 *
 * @throws {UserError} if the run is known to work elsewhere
 */
export function assertHome({ home }: Settled, session: Session): void {
  const here = session.home();
  const differs = elsewhere(home, here);
  if (home !== null && differs !== undefined) throw new UserError(describeElsewhere(home, here, differs));
}

/**
 * The same where LaunchDarkly's answer says something else than the state, or nothing: asks whose the account is, once
 * per run.
 *
 * @throws {UserError} if the run works elsewhere
 * @throws {LaunchDarklyError} if it can't be told
 */
export async function assertAccount(state: Settled, session: Session): Promise<void> {
  if (state.home?.accountId !== null && state.home !== null) await session.admin();
  assertHome(state, session);
}

/** The state, with where its credential lives: noted by a call that writes the state anyway. */
export function atHome<State extends Settled>(state: State, session: Session): State {
  return { ...state, home: notedHome(state.home, session.home()) };
}
