/** A failure after which Pulumi must keep the new state. */
import type { State } from "../model/state";
import { PROVIDER_PROPERTY } from "../model/properties";
import { UserError } from "../messages/userError";

/**
 * Thrown by create and update once LaunchDarkly may have reset the token. Pulumi saves the state and calls update in
 * the next run, which finishes the work. Source: @pulumi/pulumi, cmd/dynamic-provider, grpcResponseFromError.
 */
export class PartialFailure extends UserError {
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  readonly #properties: Record<string, unknown>;
  readonly reasons: string[];

  /**
   * @param id the resource's id
   * @param state what to keep
   * @param provider the serialized provider, without which a later delete fails
   */
  constructor(
    readonly id: string,
    state: State,
    provider: unknown,
    message: string,
  ) {
    super(message);
    this.#properties = { ...state, [PROVIDER_PROPERTY]: provider };
    this.reasons = [message];
  }

  /** What Pulumi saves. */
  get properties(): Record<string, unknown> {
    return this.#properties;
  }
}
