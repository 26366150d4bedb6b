/** Create and Update, as they are carried out. */
import {
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { UserError } from "../../messages/words";
import type { Credential } from "../../model/credential";
import type { Properties } from "../../model/json";
import { succeeded } from "./failure";
import { claimOf, type Kind } from "./kinds";
import type { PluginRun } from "./pluginRun";
import { fromWire, type Received, toWire } from "./wire";

export async function read(kind: Kind, run: PluginRun, request: ReadRequest): Promise<ReadResponse> {
  const urn = request.getUrn();
  const [state, inputs] = [fromWire(request.getProperties()), fromWire(request.getInputs())];
  if (Object.keys(state.values).length === 0) return importExisting(kind, run, request);
  const asked = { ...run.requestOf("refresh", urn), id: request.getId(), olds: state.values };
  const seen = succeeded(await kind.lifecycle.read(run.contextIn("refresh"), asked));
  // Without an id the resource is gone from the stack.
  if (seen.kind === "gone") return new ReadResponse();
  return new ReadResponse()
    .setId(seen.id)
    .setProperties(outputsOnWire(kind, seen.outputs, state, inputs))
    .setInputs(request.getInputs());
}

async function importExisting(kind: Kind, run: PluginRun, request: ReadRequest): Promise<ReadResponse> {
  const asked = { ...run.requestOf("update", request.getUrn()), id: request.getId() };
  const { id, outputs, inputs } = succeeded(await kind.lifecycle.import(run.contextIn("update"), asked));
  return new ReadResponse().setId(id).setProperties(outputsOnWire(kind, outputs)).setInputs(toWire(inputs));
}

export async function deleteResource(kind: Kind, run: PluginRun, request: DeleteRequest): Promise<Empty> {
  const stage = run.checked.size > 0 ? "update" : "destroy";
  const olds = fromWire(request.getProperties()).values;
  const asked = { ...run.requestOf(stage, request.getUrn()), id: request.getId(), olds };
  succeeded(await kind.lifecycle.delete(run.contextIn(stage), asked));
  return new Empty();
}

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
function wholeOnWire({ credential, lifecycle }: Kind, outputs: Properties, ...received: readonly Given[]): Struct {
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

export async function create(kind: Kind, run: PluginRun, request: CreateRequest): Promise<CreateResponse> {
  const urn = request.getUrn();
  const given = fromWire(request.getProperties());
  const { credential, lifecycle } = kind;
  // A resource of the state may have been checked since.
  const claim = claimOf(kind, given.values);
  const taken = claim && run.claims.claim(claim, { urn, isThere: false }, credential.className);
  if (taken !== undefined) throw new UserError(taken);
  const asked = { ...run.requestOf("update", urn), news: given.values };
  const { id, outputs } = succeeded(await lifecycle.create(run.contextIn("update"), asked), {
    properties: (saved) => wholeOnWire(kind, saved, given),
    inputs: request.getProperties(),
  });
  return new CreateResponse().setId(id).setProperties(outputsOnWire(kind, outputs, given));
}

export async function update(kind: Kind, run: PluginRun, request: UpdateRequest): Promise<UpdateResponse> {
  const urn = request.getUrn();
  const [olds, given] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  const asked = { ...run.requestOf("update", urn), olds: olds.values, news: given.values };
  const { outputs } = succeeded(await kind.lifecycle.update(run.contextIn("update"), asked), {
    properties: (saved) => wholeOnWire(kind, saved, given),
    inputs: request.getOldInputs() ?? request.getNews(),
  });
  return new UpdateResponse().setProperties(outputsOnWire(kind, outputs, given));
}
