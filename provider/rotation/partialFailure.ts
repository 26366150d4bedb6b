/** A failure after which Pulumi must keep the new state. */
import { UserError } from "../messages/userError";
import type { Credential } from "../model/credential";
import { PROVIDER_PROPERTY } from "../model/properties";
import type { State } from "../model/state";
import { resourceId, stateOutputs } from "../model/stateOutputs";

/**
 * Thrown by create and update once LaunchDarkly may have reset the key. Pulumi saves the state and calls update in
 * the next run, which finishes the work. Source: @pulumi/pulumi, cmd/dynamic-provider, grpcResponseFromError.
 */
export class PartialFailure extends UserError {
  /** The resource's id. */
  readonly id: string;
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  readonly #properties: Record<string, unknown>;
  readonly #state: State;
  readonly reasons: string[];

  /**
   * @param state what to keep
   * @param provider the serialized provider, without which a later delete fails
   */
  constructor(credential: Credential, state: State, provider: unknown, message: string) {
    super(message);
    this.id = resourceId(credential, state.identity);
    this.#properties = { ...stateOutputs(credential, state), [PROVIDER_PROPERTY]: provider };
    this.#state = state;
    this.reasons = [message];
  }

  /** What the run has left, in the core's words. */
  get state(): State {
    return this.#state;
  }

  /** What Pulumi saves. */
  get properties(): Record<string, unknown> {
    return this.#properties;
  }
}
