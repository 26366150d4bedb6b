/** Looks at a credential, and at what it makes of the state. */
import { initialState, seenState } from "../decisions/nextState";
import type { Credential } from "../model/credential";
import type { Found } from "../model/found";
import type { Inputs } from "../model/inputs";
import type { Details, State } from "../model/state";
import type { Call } from "./call";
import { atHome } from "./home";

/** The state of a new resource, before anything was reset. */
export function firstState({ credential, session }: Call, { identity, triggers }: Inputs, found: Found): State {
  return atHome(initialState(identity, triggers, found, nothingSaid(credential)), session);
}

/** The state after a look. */
export function stateAfterLook({ credential, session }: Call, state: State, found: Found): State {
  return seenState(state, found, nothingSaid(credential), session.client.now());
}

function nothingSaid({ details }: Credential): Details {
  return details.parse({});
}
