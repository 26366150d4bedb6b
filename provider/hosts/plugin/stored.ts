/** Read and Delete: calls that no program's inputs come with; and Read of what no state has yet, which is an import. */
import { type DeleteRequest, type ReadRequest, ReadResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { succeeded } from "./failure";
import type { Kind } from "./kinds";
import { outputsOnWire } from "./outputs";
import type { PluginRun } from "./pluginRun";
import { fromWire, toWire } from "./wire";

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

export async function remove(kind: Kind, run: PluginRun, request: DeleteRequest): Promise<Empty> {
  const stage = run.checked.size > 0 ? "update" : "destroy";
  const olds = fromWire(request.getProperties()).values;
  const asked = { ...run.requestOf(stage, request.getUrn()), id: request.getId(), olds };
  succeeded(await kind.lifecycle.delete(run.contextIn(stage), asked));
  return new Empty();
}
