/**
 * Property values as they cross gRPC: protobuf's Structs, in which an object with a signature stands for a secret, an
 * output, a resource or a file, and a sentinel for a value that is not known yet.
 *
 * Source: pulumi, sdk/go/common/resource/sig/sig.go and sdk/go/common/resource/plugin/rpc.go.
 */
import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";

import { UNKNOWN_VALUE } from "../../model/json";

/** What a value can be behind the wire. A value that is not known yet is `UNKNOWN_VALUE`, whatever its type. */
export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain };

export interface Received {
  /** Without properties that are null: Pulumi says in that way that they were not given. */
  readonly values: Readonly<Record<string, Plain>>;
  /** The properties that are secret, whole or in a part. */
  readonly secrets: ReadonlySet<string>;
}

/** A value that can't be taken. Its message names where it stands, and never the value. */
export class RefusedValue extends Error {
  override readonly name = "RefusedValue";
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** What is no JSON, and what to write instead. */
const REFUSED: ReadonlyMap<Plain, readonly [what: string, instead: string]> = new Map([
  ["c44067f5952c0a294b673a41bacd8c17", ["an asset", "a hash of its content"]],
  ["0def7320c3a5731c473e5ecbe6d01bc7", ["an archive", "a hash of its content"]],
  ["803fd3297a5875dc03ca845dda5d2a98", ["a text that is not valid UTF-8", "its Base64"]],
]);

/** Of a text, and of a bool, a number, a list, an asset, an archive and an object. */
const UNKNOWNS: ReadonlySet<string> = new Set([
  UNKNOWN_VALUE,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * @returns the values without signatures, and which of them are secret
 * @throws {RefusedValue} if one is no JSON
 */
export function fromWire(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const sent = (struct?.toJavaScript() ?? {}) as Record<string, Plain>;
  const values = Object.entries(sent).flatMap(([name, value]) => {
    const plain = plainOf(value, name, () => secrets.add(name));
    return plain === null ? [] : [[name, plain] as const];
  });
  return { values: Object.fromEntries(values), secrets };
}

/**
 * @param values JSON; what is undefined is left out, and `UNKNOWN_VALUE` is not known yet
 * @param secrets the properties to wrap as secrets, whole. A property that is null says nothing, and is not wrapped.
 */
export function toWire(values: Readonly<Record<string, unknown>>, secrets: ReadonlySet<string> = new Set()): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const wire = wireOf(value);
    fields.set(name, secrets.has(name) && value !== null ? secretOf(wire) : wire);
  }
  return struct;
}

/** The inputs of the last run; those of the program where an engine does not send them, so that none counts as changed. */
export function oldInputs(struct: Struct | undefined, news: Received): Received {
  const before = fromWire(struct);
  return Object.keys(before.values).length > 0 ? before : news;
}

/** @param path where the value stands, as in `triggers.deploy` */
function plainOf(value: Plain, path: string, onSecret: () => void): Plain {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN_VALUE : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part, index) => plainOf(part, `${path}[${index}]`, onSecret));
  const within = (name: string) => plainOf(value[name] ?? null, path, onSecret);
  const signature = value[SIGNATURE];
  switch (signature) {
    case undefined:
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, plainOf(part, `${path}.${name}`, onSecret)]),
      );
    case SECRET:
      onSecret();
      return within("value");
    case OUTPUT:
      if (value["secret"] === true) onSecret();
      return "value" in value ? within("value") : UNKNOWN_VALUE;
    case RESOURCE:
      // An id that is not known yet is an empty text. A component has none.
      return within("id") === "" ? UNKNOWN_VALUE : (within("id") ?? within("urn"));
    default:
      throw refusal(signature, path);
  }
}

function refusal(signature: Plain, path: string): RefusedValue {
  const [what, instead] = REFUSED.get(signature) ?? ["of a kind that this version does not know", "a text or a number"];
  return new RefusedValue(`${path} is ${what}, and must be JSON. Write ${instead} instead.`);
}

/** As JSON has it, so that nothing that a state may hold breaks a call whose reset is done. */
function wireOf(value: unknown): Value {
  const json = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "string") return part.toWellFormed();
    return typeof part === "bigint" ? String(part) : part;
  }) as string | undefined;
  return Value.fromJavaScript(json === undefined ? null : (JSON.parse(json) as Plain));
}

function secretOf(value: Value): Value {
  const struct = new Struct();
  struct.getFieldsMap().set(SIGNATURE, Value.fromJavaScript(SECRET));
  struct.getFieldsMap().set("value", value);
  const wrapped = new Value();
  wrapped.setStructValue(struct);
  return wrapped;
}
