/**
 * Check: what is wrong with the inputs. It says nothing, because the engine does not tell a preview from an `up` here. Diff:
 * whether an update or a replacement follows, and which lines the engine shows of it.
 */
import { isDeepStrictEqual } from "node:util";

import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type DiffRequest,
  DiffResponse,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb";

import type { Properties } from "../../model/json";
import { warnOfSkippedCheckpoints } from "../../run/run";
import { succeeded } from "./failure";
import { claimOf, type Kind } from "./kinds";
import type { PluginRun } from "./pluginRun";
import { fromWire, oldInputs, type Received, RefusedValue, toWire } from "./wire";

export async function check(kind: Kind, run: PluginRun, request: CheckRequest): Promise<CheckResponse> {
  const urn = request.getUrn();
  run.checked.add(urn);
  warnOfSkippedCheckpoints(run.run);
  const received = receivedIn(request);
  if (received instanceof RefusedValue) return failed(request, [received.message]);
  const { olds, news } = received;
  const { credential, lifecycle } = kind;
  const asked = { ...run.requestOf("update", urn), olds, news: news.values };
  const problems = await lifecycle.check(run.contextIn("update"), asked);
  const claim = claimOf(kind, news.values);
  const isThere = isDeepStrictEqual(claimOf(kind, olds), claim);
  const taken = claim && run.claims.claim(claim, { urn, isThere }, credential.className);
  const response = failed(request, taken === undefined ? problems : [...problems, taken]);
  return response.setInputs(withSecretInputs(kind, request, news));
}

function receivedIn(request: CheckRequest) {
  try {
    return { olds: fromWire(request.getOlds()).values, news: fromWire(request.getNews()) };
  } catch (error) {
    if (error instanceof RefusedValue) return error;
    throw error;
  }
}

/** A failure that named its property would have Pulumi print the value. */
function failed(request: CheckRequest, problems: readonly string[]): CheckResponse {
  const failures = problems.map((reason) => new CheckFailure().setReason(reason));
  return new CheckResponse().setInputs(request.getNews()).setFailuresList(failures);
}

/** A program without an SDK may give a secret input as plain text. */
function withSecretInputs({ secretInputs }: Kind, request: CheckRequest, { values, secrets }: Received) {
  const open = secretInputs.some((name) => values[name] !== undefined && !secrets.has(name));
  return open ? toWire(values, new Set([...secrets, ...secretInputs])) : request.getNews();
}

const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;

export async function diff({ lifecycle }: Kind, run: PluginRun, request: DiffRequest): Promise<DiffResponse> {
  const urn = request.getUrn();
  const [olds, given] = [fromWire(request.getOlds()).values, fromWire(request.getNews())];
  const news = given.values;
  const before = oldInputs(request.getOldInputs(), given).values;
  // A refresh compares, too: with the inputs of the last run, and no check before.
  const stage = run.checked.has(urn) ? "update" : "refresh";
  const asked = { ...run.requestOf(stage, urn), olds, news };
  const { changes, replaces, changing } = succeeded(await lifecycle.diff(run.contextIn(stage), asked));
  if (replaces.length > 0) run.replaced.set(urn, olds);
  if (!changes) {
    // What an edit of the inputs alone asks to be warned of: no other call follows.
    const edited = { ...run.requestOf("preview", urn), olds: before, news };
    if (stage === "update") await lifecycle.check(run.contextIn("preview"), edited);
    return new DiffResponse().setChanges(DIFF_NONE);
  }
  const response = new DiffResponse()
    .setChanges(DIFF_SOME)
    .setReplacesList([...replaces])
    .setHasdetaileddiff(true);
  const lines = linesOf(before, news, replaces, changing);
  for (const { path, kind, isInput } of lines) {
    response.getDetaileddiffMap().set(path, new PropertyDiff().setKind(kind).setInputdiff(isInput));
  }
  return response.setDiffsList([...new Set(lines.map(({ path }) => path.split(/[.[]/)[0] ?? path))]);
}

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
