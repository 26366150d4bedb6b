/** Holds triggers to JSON: anything else reaches the provider as `{}` or as an id, and its change would rotate nothing. */
import * as pulumi from "@pulumi/pulumi";

import { programError } from "./programError";

/** A JSON value, whose parts may be outputs of other resources. */
export type Triggers =
  | string
  | number
  | boolean
  | null
  | readonly pulumi.Input<Triggers>[]
  | { readonly [name: string]: pulumi.Input<Triggers> | undefined };

/** What to write instead of values that people put there. */
const INSTEAD: readonly [is: (value: object) => boolean, what: string, instead: string][] = [
  [(value) => value instanceof Date, "a Date", "date.toISOString()"],
  [(value) => value instanceof Map, "a Map", "Object.fromEntries(map)"],
  [(value) => value instanceof Set, "a Set", "[...set]"],
  [(value) => value instanceof URL, "a URL", "url.href"],
  [(value) => value instanceof RegExp, "a RegExp", "pattern.source"],
  [(value) => pulumi.Resource.isInstance(value), "a resource", "an output of it, such as resource.id"],
  [(value) => pulumi.asset.Asset.isInstance(value), "an asset", "a hash of its content"],
  [(value) => pulumi.asset.Archive.isInstance(value), "an archive", "a hash of its content"],
];

/**
 * @param resource the class and the name, for the error
 * @param path where the value stands, as in `triggers.deploy`
 * @returns the same value; where a part of it is known later, that part fails if it is no JSON
 * @throws {pulumi.RunError} naming the path, and what to write instead
 */
export function jsonOnly(value: unknown, resource: string, path = "triggers"): unknown {
  const refuse = (what: string, instead: string) => refusal(`${path} of ${resource}`, what, instead);
  if (value === null || value === undefined) return value;
  if (typeof value === "function") throw refuse("a function", "what it returns");
  if (typeof value === "bigint") throw refuse("a bigint", "String(value)");
  if (typeof value === "symbol") throw refuse("a symbol", "a string");
  if (typeof value !== "object") return value;
  if (pulumi.Output.isInstance(value)) return value.apply((known: unknown) => jsonOnly(known, resource, path));
  if (value instanceof Promise) return value.then((known: unknown) => jsonOnly(known, resource, path));
  if (Array.isArray(value)) return value.map((part, index) => jsonOnly(part, resource, `${path}[${index}]`));
  const odd = INSTEAD.find(([is]) => is(value));
  if (odd !== undefined) throw refuse(odd[1], odd[2]);
  if (!isPlain(value)) throw refuse("an instance of a class", "a plain object with the values that count");
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, jsonOnly(part, resource, `${path}.${name}`)]),
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refusal(place: string, what: string, instead: string): Error {
  return programError(
    `${place} is ${what}, whose changes nobody would notice: triggers must be JSON. Write ${instead} instead.`,
  );
}
