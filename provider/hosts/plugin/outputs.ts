/** The outputs of a resource on the wire: what is secret is wrapped there, because an import has no SDK that would. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties } from "../../model/properties";
import type { Kind } from "./kinds";
import { type Received, toWire } from "./wire";

/** A dynamic resource has left it in the state: its serialized provider. */
const PROVIDER_PROPERTY = "__provider";

/** What a state keeps of the settings of a record, which the program may have made secret. */
const COPIES = ["settings", "shown"];

/** @param received of which the call was made: an output is secret if an input of its name is */
export function outputsOnWire(
  { credential, lifecycle }: Kind,
  outputs: Properties,
  ...received: readonly Pick<Received, "secrets">[]
): Struct {
  const given = received.flatMap(({ secrets }) => [...secrets]);
  const isCopied = credential.strategy === "replace" && given.some((name) => credential.settings.includes(name));
  const secrets = new Set([...lifecycle.secretOutputs, ...given, ...(isCopied ? COPIES : [])]);
  return toWire(withoutProvider(outputs), secrets);
}

function withoutProvider(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== PROVIDER_PROPERTY));
}
