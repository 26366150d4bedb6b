/** sandbox/openapi.yaml, read: which operations LaunchDarkly describes, and whether an answer is as it says. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { Ajv, type AnySchemaObject } from "ajv";
import { parse } from "yaml";
import { z } from "zod";

export const DESCRIPTION_FILE = path.join(__dirname, "..", "openapi.yaml");

export interface Operation {
  /** Such as "resetToken". */
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** Such as "/api/v2/tokens/{id}/reset". */
  readonly path: string;
  /** The statuses that the description has for it. */
  readonly statuses: readonly number[];
}

export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

export interface Description {
  readonly operations: readonly Operation[];
  /** What is wrong with an answer, in words; nothing if it is as described. */
  problemsOf(operation: Operation, answer: Answer): string[];
}

const METHODS = ["get", "post", "patch", "delete"] as const;

const contentSchema = z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }) }));
const responseSchema = z.object({ content: contentSchema.optional() });
const operationSchema = z.object({
  operationId: z.string(),
  responses: z.record(z.string(), z.union([z.object({ $ref: z.string() }), responseSchema])),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum([...METHODS, "parameters"]), operationSchema)),
  components: z.looseObject({ responses: z.record(z.string(), responseSchema) }),
});

type Responses = z.infer<typeof operationSchema>["responses"];

/**
 * Reads the description.
 *
 * @param allowsUnknownMembers whether an answer may have members that the description does not know. LaunchDarkly may
 * add some at any time; the sandbox should not.
 */
export function readDescription({ allowsUnknownMembers }: { readonly allowsUnknownMembers: boolean }): Description {
  const raw: unknown = parse(readFileSync(DESCRIPTION_FILE, "utf8"));
  const { paths, components } = documentSchema.parse(raw);
  const ajv = new Ajv({ allErrors: true, formats: { string: true, int64: { type: "number", validate: isInt64 } } });
  ajv.addVocabulary(["components", "x-since"]);
  ajv.addSchema({ components: allowsUnknownMembers ? components : closed(components) }, "openapi.yaml");

  const responses = new Map<string, Responses>();
  const operations = Object.entries(paths).flatMap(([path, ofPath]) =>
    METHODS.flatMap((method) => {
      const described = ofPath[method];
      if (described === undefined) return [];
      const { operationId: id } = described;
      responses.set(id, described.responses);
      return [{ id, method: method.toUpperCase(), path, statuses: Object.keys(described.responses).map(Number) }];
    }),
  );

  function contentOf({ id }: Operation, status: number): z.infer<typeof responseSchema> | undefined {
    const response = responses.get(id)?.[status];
    if (response === undefined || !("$ref" in response)) return response;
    return components.responses[response.$ref.split("/").at(-1) ?? ""];
  }

  return {
    operations,
    problemsOf(operation, { status, contentType, text }) {
      const response = contentOf(operation, status);
      if (response === undefined) return [`${status} is not among ${operation.statuses.join(", ")}`];
      const [[mediaType, media] = []] = Object.entries(response.content ?? {});
      if (mediaType === undefined || media === undefined) return text === "" ? [] : ["there is a body"];
      if (contentType?.split(";")[0] !== mediaType) return [`the content type is ${String(contentType)}`];
      const validate = ajv.getSchema(`openapi.yaml${media.schema.$ref}`);
      if (validate === undefined) throw new Error(`There is no schema ${media.schema.$ref}`);
      if (validate(JSON.parse(text)) === true) return [];
      return (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [instancePath, message, JSON.stringify(params)].join(" "),
      );
    },
  };
}

function isInt64(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 2 ** 63;
}

/** The same schemas, for objects without unknown members. Every error has an id, which only LaunchDarkly's texts say. */
function closed(components: z.infer<typeof documentSchema>["components"]): AnySchemaObject {
  const schemas = Object.entries(components["schemas"] as Record<string, AnySchemaObject>);
  const closedSchemas = schemas.map(([name, schema]) => {
    const isError = name.endsWith("ErrorRep");
    const properties = { ...(schema["properties"] as object), ...(isError && { id: { type: "string" } }) };
    return [name, "properties" in schema ? { additionalProperties: false, ...schema, properties } : schema];
  });
  return { ...components, schemas: Object.fromEntries(closedSchemas) as AnySchemaObject };
}
