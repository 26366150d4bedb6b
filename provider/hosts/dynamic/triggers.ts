/** Holds triggers to JSON: anything else reaches the provider as `{}` or as an id, and its change would rotate nothing. */
import * as pulumi from "@pulumi/pulumi";

import { printable } from "../../model/redact";
import { programError } from "./programHints";

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
 * An output that is made of a `Date`, a `Map`, a `Set` or a `URL` holds `{}`: the SDK has flattened it before anything
 * here can see it. An empty map may also be meant, so it is warned of and not refused.
 */
function warnOfEmptyMap(place: string, warn: (message: string) => void): void {
  warn(
    `Perhaps no trigger: ${printable(place)} is an output that holds an empty map. Pulumi makes that of a Date, a Map, a Set or a URL within pulumi.output() or pulumi.all(), and their changes rotate nothing. Convert the value before, such as pulumi.output(date.toISOString()). A map that is empty for now needs nothing.`,
  );
}

/**
 * @param resource the class and the name, for the error
 * @param warn shows a message of the program
 * @returns the same value; where a part of it is known later, that part fails if it is no JSON
 * @throws {pulumi.RunError} naming the path, and what to write instead
 */
export function jsonOnly(
  value: unknown,
  resource: string,
  warn: (message: string) => void = (message) => void pulumi.log.warn(message),
): unknown {
  return json(value, "triggers", false);

  /**
   * @param path where the value stands, as in `triggers.deploy`
   * @param isOutput whether it stands in an output
   */
  function json(value: unknown, path: string, isOutput: boolean): unknown {
    const refuse = (what: string, instead: string) => refusal(`${path} of ${resource}`, what, instead);
    if (value === null || value === undefined) return value;
    if (typeof value === "function") throw refuse("a function", "what it returns");
    if (typeof value === "bigint") throw refuse("a bigint", "String(value)");
    if (typeof value === "symbol") throw refuse("a symbol", "a string");
    if (typeof value !== "object") return value;
    if (pulumi.Output.isInstance(value)) return value.apply((known: unknown) => json(known, path, true));
    if (value instanceof Promise) return value.then((known: unknown) => json(known, path, isOutput));
    if (Array.isArray(value)) return value.map((part, index) => json(part, `${path}[${index}]`, isOutput));
    const odd = INSTEAD.find(([is]) => is(value));
    if (odd !== undefined) throw refuse(odd[1], odd[2]);
    if (!isPlain(value)) throw refuse("an instance of a class", "a plain object with the values that count");
    const entries = Object.entries(value);
    if (isOutput && entries.length === 0) warnOfEmptyMap(`${path} of ${resource}`, warn);
    return Object.fromEntries(entries.map(([name, part]) => [name, json(part, `${path}.${name}`, isOutput)]));
  }
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
