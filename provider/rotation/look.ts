/** Looks at a credential, and at what it makes of the state. */
import { initialState, seenState } from "../decisions/nextState";
import type { Credential } from "../model/credential";
import type { Found } from "../model/found";
import type { Inputs } from "../model/inputs";
import type { Details, State } from "../model/state";
import type { Call } from "./call";

/** The state of a new resource, before anything was reset. */
export function firstState({ credential }: Call, { identity, triggers }: Inputs, found: Found): State {
  return initialState(identity, triggers, found, nothingSaid(credential));
}

/** The state after a look. */
export function stateAfterLook({ credential, session }: Call, state: State, found: Found): State {
  return seenState(state, found, nothingSaid(credential), session.client.now());
}

function nothingSaid({ details }: Credential): Details {
  return details.parse({});
}
