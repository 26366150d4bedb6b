/** The outputs of a resource on the wire: which are secret, and which are left out. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties } from "../../model/json";
import { memoryOf } from "../../model/outputs";
import type { Kind } from "./kinds";
import { type Received, toWire } from "./wire";

/** A dynamic resource has left it in the state: its serialized provider. */
const PROVIDER_PROPERTY = "__provider";

/** What a state keeps of the settings of a record, which the program may have made secret. */
const COPIES = ["settings", "shown"];

/** The outputs of a call that has done its work: what says that nothing is open is left out. */
export function outputsOnWire(kind: Kind, outputs: Properties, ...received: readonly Given[]): Struct {
  const memory = memoryOf(kind.credential);
  const telling = Object.entries(outputs).filter(([name, value]) => !(memory.has(name) && saysNothing(value)));
  return wholeOnWire(kind, Object.fromEntries(telling), ...received);
}

/** What a call was made with: an output is secret if an input of its name is. */
type Given = Pick<Received, "secrets">;

/**
 * What a state keeps as a secret, and no input names: a setting that the program calls plain now may have been secret, and
 * its copies have the old value until LaunchDarkly has taken the new one.
 */
export function closedCopies({ secrets }: Given): Given {
  return { secrets: new Set(COPIES.filter((name) => secrets.has(name))) };
}

/** All outputs, as a failure has to keep them. */
export function wholeOnWire(
  { credential, lifecycle }: Kind,
  outputs: Properties,
  ...received: readonly Given[]
): Struct {
  const given = received.flatMap(({ secrets }) => [...secrets]);
  const isCopied = credential.strategy === "replace" && given.some((name) => credential.settings.includes(name));
  const secrets = new Set([...lifecycle.secretOutputs, ...given, ...(isCopied ? COPIES : [])]);
  return toWire({ ...outputs, [PROVIDER_PROPERTY]: undefined }, secrets);
}

/** Where a state without it says the same. It is 0.1 kB smaller then, and the engine writes all states at each step. */
function saysNothing(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
