/** What one call of Pulumi's works with: the kind of credential, and the run that the call is a part of. */
import type { Credential } from "../model/credential";
import type { Session } from "../run/session";

export interface Call {
  readonly credential: Credential;
  readonly session: Session;
}
