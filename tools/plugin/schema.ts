/**
 * Makes the schema of the plugin from what the classes declare: Pulumi makes the SDKs of all languages of it.
 *
 * Format: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
import ts from "typescript";

import { type Declarations, type Declared, isWrapper, type Property, readDeclarations } from "./declarations";
import { head, type Manifest, namesOf, PACKAGE } from "./names";
import { settings } from "./settings";
import { createSpeech } from "./speech";
import type { Wording } from "./wording";

export interface PropertySpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: PropertySpec;
  readonly additionalProperties?: PropertySpec;
  readonly description?: string;
  readonly deprecationMessage?: string;
  readonly secret?: true;
  readonly willReplaceOnChanges?: true;
}

interface Described {
  readonly properties: Record<string, PropertySpec>;
  readonly required: string[];
}

export interface ResourceSpec extends Described {
  readonly description: string;
  readonly deprecationMessage?: string;
  readonly aliases: readonly { readonly type: string }[];
  readonly inputProperties: Record<string, PropertySpec>;
  readonly requiredInputs: readonly string[];
}

/** How a docstring says that a value is a secret. */
const SECRET = /(?:^|\s)(?:Secret|A secret|Kept as a secret)\./;
/** How it says that another value makes another resource. */
const REPLACES = /\bA change replaces the resource\b/;

/**
 * @param entry the declarations of what programs import
 * @param manifest package.json
 */
export function schemaOf(entry: string, manifest: Manifest, wording: Wording) {
  const declarations: Declarations = readDeclarations(entry);
  const names = namesOf(manifest);
  const types: Record<string, object> = {};
  const say = createSpeech(wording, names);

  const resources = Object.fromEntries(
    declarations.classes.map((declared) => [`${PACKAGE}:index:${declared.name}`, resourceOf(declared)]),
  );
  const functions = Object.fromEntries(
    declarations.functions.map((declared) => [
      `${PACKAGE}:index:${declared.name}`,
      { ...say.whole(declared.docs), inputs: described(declared.inputs), outputs: described(declared.outputs) },
    ]),
  );
  return {
    ...head(manifest, names),
    config: { variables: settings },
    provider: provider(),
    types,
    resources,
    functions,
  };

  function resourceOf({ name, docs, inputs, outputs }: Declared): ResourceSpec {
    const taken = described(inputs);
    // What tells the credential is an output, too: it never changes without the resource.
    const identity = inputs.filter(({ isOptional, docs: { text } }) => !isOptional && REPLACES.test(text));
    return {
      ...say.whole(docs),
      aliases: [{ type: `pulumi-nodejs:dynamic/launchdarkly:${name}` }],
      inputProperties: taken.properties,
      requiredInputs: taken.required,
      ...described([...identity, ...outputs]),
    };
  }

  function described(all: readonly Property[]): Described {
    const specs = all.map((property) => [property.name, propertyOf(property)] as const);
    const required = all.filter(({ type, isOptional }) => !isOptional && !isNullable(type));
    return { properties: Object.fromEntries(specs), required: required.map(({ name }) => name) };
  }

  function propertyOf({ docs, type }: Property): PropertySpec {
    return {
      ...typeOf(type),
      ...say.property(docs),
      ...(SECRET.test(docs.text) && { secret: true }),
      ...(REPLACES.test(docs.text) && { willReplaceOnChanges: true }),
    };
  }

  function typeOf(type: ts.TypeNode): PropertySpec {
    if (ts.isParenthesizedTypeNode(type)) return typeOf(type.type);
    if (ts.isTypeOperatorNode(type)) return typeOf(type.type);
    if (ts.isArrayTypeNode(type)) return { type: "array", items: typeOf(type.elementType) };
    if (ts.isTypeReferenceNode(type)) return referenceOf(type);
    if (ts.isUnionTypeNode(type)) return unionOf(type);
    const simple = SIMPLE.get(type.kind);
    if (simple === undefined) throw new Error(`The schema has no type for ${type.getText()}`);
    return { type: simple };
  }

  function referenceOf(type: ts.TypeReferenceNode): PropertySpec {
    const [wrapped] = type.typeArguments ?? [];
    if (wrapped !== undefined && (isWrapper(type, "Input") || isWrapper(type, "Output"))) return typeOf(wrapped);
    const named = declarations.typeNamed(type);
    if (named.name === "Triggers") return { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
    if ("alias" in named) return typeOf(named.alias);
    const token = `${PACKAGE}:index:${named.name}`;
    types[token] ??= { type: "object", ...say.property(named.docs), ...described(named.properties) };
    return { $ref: `#/types/${token}` };
  }

  function unionOf(type: ts.UnionTypeNode): PropertySpec {
    const [only, ...others] = type.types.filter((part) => !isNothing(part));
    if (only === undefined) throw new Error(`The schema has no type for ${type.getText()}`);
    // A text that may also be a number, or that is one of some known ones.
    return others.length === 0 ? typeOf(only) : { type: "string" };
  }
}

const SIMPLE: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  // LaunchDarkly's API has no fractions.
  [ts.SyntaxKind.NumberKeyword, "integer"],
]);

function isNothing(type: ts.TypeNode): boolean {
  const isNull = ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
  return isNull || type.kind === ts.SyntaxKind.UndefinedKeyword;
}

/** Whether a value may be missing, below what Pulumi wraps it in. */
function isNullable(type: ts.TypeNode): boolean {
  if (ts.isTypeReferenceNode(type) && isWrapper(type, "Output")) return (type.typeArguments ?? []).some(isNullable);
  return ts.isUnionTypeNode(type) && type.types.some(isNothing);
}

function provider() {
  const description =
    "The settings, where the stack's configuration does not have them. Each provider is a process of its own: it does not see the duplicates and the rate limits of another one.";
  return { description, inputProperties: settings, properties: settings };
}
