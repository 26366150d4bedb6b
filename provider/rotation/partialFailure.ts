/** A failure after which Pulumi must keep the new state. */
import { UserError } from "../messages/userError";
import { PROVIDER_PROPERTY } from "../model/properties";

/** A state, with what Pulumi keeps of it. */
export interface Saved {
  /** The resource's id. */
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly state: unknown;
}

/**
 * Thrown by create and update once LaunchDarkly may have changed the key. Pulumi saves the state and calls update in
 * the next run, which finishes the work. Source: @pulumi/pulumi, cmd/dynamic-provider, grpcResponseFromError.
 */
export class PartialFailure extends UserError {
  /** The resource's id. */
  readonly id: string;
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  #properties: Record<string, unknown>;
  readonly #state: unknown;
  readonly reasons: string[];

  /**
   * @param saved what to keep
   * @param provider the serialized provider, without which a later delete fails
   */
  constructor({ id, outputs, state }: Saved, provider: unknown, message: string) {
    super(message);
    this.id = id;
    this.#properties = { ...outputs, [PROVIDER_PROPERTY]: provider };
    this.#state = state;
    this.reasons = [message];
  }

  /** What the run has left, in the core's words. */
  get state(): unknown {
    return this.#state;
  }

  /** What Pulumi saves. */
  get properties(): Record<string, unknown> {
    return this.#properties;
  }

  /** @param change what Pulumi is to save instead */
  changeProperties(change: (properties: Record<string, unknown>) => Record<string, unknown>): void {
    this.#properties = change(this.#properties);
  }
}
