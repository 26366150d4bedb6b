/** The outputs of a resource on the wire: which are secret, and which are left out. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Credential } from "../../model/credential";
import type { Properties } from "../../model/json";
import { type Kind } from "./kinds";
import { type Received, toWire } from "./wire";

/** A dynamic resource has left it in the state: its serialized provider. */
const PROVIDER_PROPERTY = "__provider";

/** What a state keeps of the settings of a record, which the program may have made secret. */
const COPIES = ["settings", "shown"];

/** The outputs of a call that has done its work: what says that nothing is open is left out. */
export function outputsOnWire(kind: Kind, outputs: Properties, ...received: readonly Given[]): Struct {
  const telling = Object.entries(outputs).filter(([name, value]) => isTelling(kind.credential, name, value));
  return wholeOnWire(kind, Object.fromEntries(telling), ...received);
}

/** What a call was made with: an output is secret if an input of its name is. */
type Given = Pick<Received, "secrets">;

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

/**
 * What a resource remembers for itself. Where it says that nothing is open, a state without it says the same, and is 0.1 kB
 * smaller: the engine writes all states at each step.
 */
const MEMORY: ReadonlySet<string> = new Set([
  "adoptedAt",
  "foreignExpiry",
  "isGone",
  "keyRefused",
  "lastModified",
  "lastUsed",
  "lateResetPossible",
  "lostReset",
  "openAttempts",
  "openMark",
  "retirements",
  "verificationPending",
]);

function isTelling(credential: Credential, name: string, value: unknown): boolean {
  const isMemory = MEMORY.has(name) || (credential.strategy === "replace" && name === credential.outputs.newer);
  const isEmpty = Array.isArray(value) && value.length === 0;
  return !(isMemory && (value === null || value === false || isEmpty));
}
