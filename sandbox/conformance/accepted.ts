/** What accepted.yaml makes of LaunchDarkly's description, in the forms that schemathesis reads. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";
import { z } from "zod";

import { DESCRIPTION_FILE } from "./description";

const reason = z.string().min(20);
const adds = z.record(z.string(), z.unknown());
const operations = z.array(z.string()).min(1);

const acceptedSchema = z.strictObject({
  failures: z.array(
    z.strictObject({ operations, check: z.string(), failure: z.string(), signature: z.string(), reason }),
  ),
  parameters: z.array(z.strictObject({ operations, parameter: z.string(), adds, reason })),
  schemas: z.array(z.strictObject({ schema: z.string(), adds, reason })),
});

const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), schema: adds })).optional(),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), adds) }),
});

interface Entry {
  /** Such as "GET /api/v2/tokens". */
  readonly operation: string;
  readonly check: string;
  readonly failure: string;
  readonly signature: string;
  readonly reason: string;
}

export interface Accepted {
  /** The description, within the bounds that are accepted. */
  readonly description: z.infer<typeof documentSchema>;
  /** The failures that are accepted. Source of the form: schemathesis's documentation of baselines. */
  readonly baseline: { readonly format_version: 1; readonly entries: readonly Entry[] };
}

/** @throws {Error} if accepted.yaml names something that the description does not have */
export function readAccepted(): Accepted {
  const { failures, parameters, schemas } = acceptedSchema.parse(read(path.join(__dirname, "accepted.yaml")));
  const description = documentSchema.parse(read(DESCRIPTION_FILE));
  const described = new Map(
    Object.entries(description.paths).flatMap(([path, ofPath]) =>
      Object.entries(ofPath).map(([method, operation]) => [
        operation.operationId,
        { name: `${method.toUpperCase()} ${path}`, operation },
      ]),
    ),
  );

  for (const { operations, parameter, adds } of parameters) {
    for (const id of operations) {
      const { operation } = known(described.get(id), id);
      const found = operation.parameters?.find(({ name }) => name === parameter);
      extend(known(found, `${id} ${parameter}`).schema, adds);
    }
  }
  for (const { schema, adds } of schemas) extend(known(description.components.schemas[schema], schema), adds);

  const entries = failures.flatMap(({ operations, ...failure }) =>
    operations.map((id) => ({ operation: known(described.get(id), id).name, ...failure })),
  );
  return { description, baseline: { format_version: 1, entries } };
}

function read(file: string): unknown {
  return parse(readFileSync(file, "utf8"));
}

function known<Found>(found: Found | undefined, name: string): Found {
  if (found === undefined) throw new Error(`accepted.yaml names ${name}, which sandbox/openapi.yaml does not have`);
  return found;
}

/** Adds members to a schema, and to the schemas in it; none is replaced. */
function extend(schema: Record<string, unknown>, adds: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(adds)) {
    const there = schema[name];
    if (there === undefined) schema[name] = value;
    else if (isRecord(there) && isRecord(value)) extend(there, value);
    else throw new Error(`accepted.yaml replaces ${name} of sandbox/openapi.yaml`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
