/** Create and Update, as they are carried out. */
import {
  type CreateRequest,
  CreateResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";

import { UserError } from "../../messages/userError";
import { succeeded } from "./failure";
import { claimOf, type Kind } from "./kinds";
import { outputsOnWire } from "./outputs";
import type { PluginRun } from "./pluginRun";
import { fromWire } from "./wire";

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
    properties: (saved) => outputsOnWire(kind, saved, given),
    inputs: request.getProperties(),
  });
  return new CreateResponse().setId(id).setProperties(outputsOnWire(kind, outputs, given));
}

export async function update(kind: Kind, run: PluginRun, request: UpdateRequest): Promise<UpdateResponse> {
  const urn = request.getUrn();
  const [olds, given] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  const asked = { ...run.requestOf("update", urn), olds: olds.values, news: given.values };
  const { outputs } = succeeded(await kind.lifecycle.update(run.contextIn("update"), asked), {
    properties: (saved) => outputsOnWire(kind, saved, given),
    inputs: request.getOldInputs() ?? request.getNews(),
  });
  return new UpdateResponse().setProperties(outputsOnWire(kind, outputs, given));
}
