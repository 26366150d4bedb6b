/** Check: what is wrong with the inputs. It says nothing, because the engine does not tell a preview from an `up` here. */
import { isDeepStrictEqual } from "node:util";

import { CheckFailure, type CheckRequest, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";

import { warnOfSkippedCheckpoints } from "../../run/skippedCheckpoints";
import { claimOf, type Kind } from "./kinds";
import type { PluginRun } from "./pluginRun";
import { fromWire, type Received, RefusedValue, toWire } from "./wire";

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
