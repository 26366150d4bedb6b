/** Holds a session to where a credential lives: elsewhere it would find another one, or none. */
import { elsewhere, notedHome } from "../decisions/home";
import { describeElsewhere } from "../messages/run";
import { UserError } from "../messages/words";
import type { Home } from "../model/state";
import type { Session } from "./session";

/**
 * The session, for a credential that lives there.
 *
 * @param home as its state says; null in one of an older release, and for a new credential
 */
export function sessionAt(session: Session, home: Home | null): Session {
  const assertHome = () => {
    const here = session.home();
    const differs = elsewhere(home, here);
    if (home !== null && differs !== undefined) throw new UserError(describeElsewhere(home, here, differs));
  };
  return {
    ...session,
    home: () => notedHome(home, session.home()),
    assertHome,
    async assertAccount() {
      if (home !== null && home.accountId !== null) await session.admin();
      assertHome();
    },
  };
}
