/** Create, Read, Update and Delete, as they are carried out. */
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

import { UserError } from "../../messages/words";
import { succeeded } from "./failure";
import { claimOf, type Kind } from "./kinds";
import { closedCopies, outputsOnWire, wholeOnWire } from "./outputs";
import type { PluginRun } from "./pluginRun";
import { fromWire, toWire } from "./wire";

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
    properties: (saved) => wholeOnWire(kind, saved, given, closedCopies(olds)),
    inputs: request.getOldInputs() ?? request.getNews(),
  });
  return new UpdateResponse().setProperties(outputsOnWire(kind, outputs, given, closedCopies(olds)));
}

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
