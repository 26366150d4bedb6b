/**
 * Create and Update in a preview: they say what comes, ask LaunchDarkly whether it can work, and send nothing else. What
 * they know of the outputs stays known to all that depends on them.
 */
import {
  type CreateRequest,
  CreateResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";

import { reasonText } from "../../decisions/rotationReason";
import { UserError } from "../../messages/words";
import { type Properties, UNKNOWN_VALUE } from "../../model/json";
import { succeeded } from "./failure";
import type { Kind, Schema } from "./kinds";
import { closedCopies, outputsOnWire } from "./outputs";
import type { PluginRun } from "./pluginRun";
import { fromWire, oldInputs } from "./wire";

export async function previewCreate(
  kind: Kind,
  run: PluginRun,
  request: CreateRequest,
  schema: Schema,
): Promise<CreateResponse> {
  const urn = request.getUrn();
  const { lifecycle, credential } = kind;
  const given = fromWire(request.getProperties());
  const context = run.contextIn("preview");
  const asked = { ...run.requestOf("preview", urn), news: given.values };
  // Only diff has got the state of a resource that is replaced.
  const replaced = run.replaced.get(urn);
  if (replaced !== undefined) succeeded(await lifecycle.diff(context, { ...asked, olds: replaced }));
  const problems = await lifecycle.check(context, { ...asked, olds: {} });
  if (problems.length > 0) throw new UserError(problems.join("\n"));
  const unknown = allUnknown(schema.outputsOf(credential.className));
  return new CreateResponse().setProperties(
    outputsOnWire(kind, { ...unknown, ...identityIn(kind, given.values) }, given),
  );
}

export async function previewUpdate(kind: Kind, run: PluginRun, request: UpdateRequest): Promise<UpdateResponse> {
  const urn = request.getUrn();
  const { lifecycle } = kind;
  const [olds, given] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  const context = run.contextIn("preview");
  const asked = { ...run.requestOf("preview", urn), news: given.values };
  await lifecycle.check(context, { ...asked, olds: oldInputs(request.getOldInputs(), given).values });
  const difference = await lifecycle.diff(context, { ...asked, olds: olds.values });
  const { rotation, changing } = succeeded(difference);
  const audit = rotation && {
    lastRotationReason: rotation.isCertain ? reasonText(rotation.reasons) : UNKNOWN_VALUE,
    rotationCount: rotation.isCertain ? Number(olds.values["rotationCount"] ?? 0) + 1 : UNKNOWN_VALUE,
  };
  const outputs = { ...olds.values, ...allUnknown(changing), ...audit };
  return new UpdateResponse().setProperties(outputsOnWire(kind, outputs, given, closedCopies(olds)));
}

function allUnknown(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN_VALUE]));
}

/** The outputs of a new resource that are inputs, too. */
function identityIn({ credential }: Kind, inputs: Properties): Properties {
  const names = credential.strategy === "reset" ? credential.identity : credential.fixed.map(({ input }) => input);
  return Object.fromEntries(names.flatMap((name) => (name in inputs ? [[name, inputs[name]] as const] : [])));
}
