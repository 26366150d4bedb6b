/** How a dynamic provider fails and has its state kept. */
import { UserError } from "../../messages/userError";
import type { Properties } from "../../model/properties";

/**
 * Thrown by create and update. Pulumi saves the properties, and calls update in the next run whatever diff says. Source:
 * @pulumi/pulumi, cmd/dynamic-provider, grpcResponseFromError.
 */
export class PartialFailure extends UserError {
  /** The resource's id. */
  readonly id: string;
  readonly reasons: string[];
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  readonly #properties: Properties;

  constructor(id: string, properties: Properties, message: string) {
    super(message);
    this.id = id;
    this.reasons = [message];
    this.#properties = properties;
  }

  /** What Pulumi saves: all that it is to keep. */
  get properties(): Properties {
    return this.#properties;
  }
}
