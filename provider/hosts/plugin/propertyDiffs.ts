/** Which lines the engine shows of a change: those of the inputs, and of the key where no input has changed. */
import { isDeepStrictEqual } from "node:util";

import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";

import type { Properties } from "../../model/properties";

export interface Line {
  /** Such as `triggers.quarter`. */
  readonly path: string;
  readonly kind: PropertyDiff.Kind;
  /** Whether the engine finds the values among the inputs. */
  readonly isInput: boolean;
}

const { ADD, DELETE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;

/** What a dynamic resource had among its inputs besides those of the program. */
const OF_ITS_HOST = /^(?:__|owner$)/;

/**
 * @param before the inputs of the last run
 * @param after those of the program
 * @param replaces the names of those that replace the resource
 * @param changing the outputs that change: the key first
 */
export function linesOf(
  before: Properties,
  after: Properties,
  replaces: readonly string[],
  changing: readonly string[],
): Line[] {
  if (replaces.length > 0) return replaces.map((path) => ({ path, kind: UPDATE_REPLACE, isInput: true }));
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !OF_ITS_HOST.test(name));
  const lines = names.flatMap((name) => changesOf(name, before[name], after[name]));
  const [output] = changing;
  if (lines.length > 0 || output === undefined) return lines;
  // An age, a drift, work that was left undone. Anything but ADD would show the output as one that goes.
  return [{ path: output, kind: ADD, isInput: false }];
}

function changesOf(path: string, before: unknown, after: unknown): Line[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (path === "triggers" && isMap(before) && isMap(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changesOf(within(path, name), before[name], after[name]));
  }
  return [{ path, kind: before === undefined ? ADD : after === undefined ? DELETE : UPDATE, isInput: true }];
}

function within(path: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
