/** A failure after which the new state must be kept. */
import { UserError } from "../messages/userError";

/** A state, with what Pulumi keeps of it. */
export interface Saved {
  /** The resource's id. */
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly state: unknown;
}

/** Thrown once LaunchDarkly may have changed the key. Pulumi saves the state, and the next run finishes the work. */
export class SavedFailure extends UserError {
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  readonly #saved: Saved;

  constructor(saved: Saved, message: string) {
    super(message);
    this.#saved = saved;
  }

  get saved(): Saved {
    return this.#saved;
  }
}
