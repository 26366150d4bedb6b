/** The HTTP side of the sandbox: authentication, routing, rate limits, planned faults, and the log of requests. */
import { setTimeout as sleep } from "node:timers/promises";

import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";

import { faultName, type FaultPlan } from "./faults";
import type { OpenQuestions } from "./openQuestions";
import { hasBody, methodOf, refusalOf, versionOf } from "./preconditions";
import type { RateLimiter } from "./rateLimits";
import { lateness, send } from "./reply";
import type { LoggedRequest } from "./requestLog";
import { failure, internalError, notFound, type Result, unauthorized, unreadable } from "./result";
import { admitTokens, paths, type Route, routes } from "./routes";
import type { Store } from "./store";
import type { Streams } from "./streams";

export interface Parts {
  readonly store: Store;
  readonly now: () => number;
  readonly rateLimiter: RateLimiter;
  readonly faults: FaultPlan;
  readonly latency: { readonly milliseconds: number };
  readonly openQuestions: OpenQuestions;
  readonly streams: Streams;
  readonly log: (request: LoggedRequest) => void;
  /** Told of every request's arrival, and of its end; that of a stream is its first event. */
  readonly arrived: () => void;
  readonly ended: () => void;
}

export function createApp(parts: Parts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("case sensitive routing");
  app.enable("strict routing");
  app.use((request, response, next) => {
    parts.arrived();
    response.once("close", () => {
      if (!parts.streams.remove(response)) parts.ended();
    });
    request.method = methodOf(request);
    next();
  });
  app.use(express.json({ type: () => true, strict: false }));
  for (const { method, path, admit } of routes) {
    const name = `${method.toUpperCase()} ${path}`;
    app[method](path, (request, response) => answer(parts, name, admit, request, response));
  }
  for (const { path, methods, admit } of paths) {
    app.all(path, (request, response) => {
      response.set("Allow", methods.join(", "));
      return answer(parts, `${request.method} ${path}`, admit, request, response);
    });
  }
  const otherwise = (request: Request, response: Response, result: Result) =>
    answer(
      parts,
      `${request.method} ${request.path}`,
      admitTokens(() => result),
      request,
      response,
    );
  app.use((request, response) => otherwise(request, response, notFound));
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    return otherwise(request, response, isUnreadable(error) ? unreadable : internalError);
  };
  app.use(failed);
  return app;
}

/** Whether express could not read the request; otherwise the sandbox itself is at fault. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "status" in error && Number(error.status) < 500;
}

async function answer(parts: Parts, route: string, admit: Route["admit"], request: Request, response: Response) {
  const { store, now, rateLimiter, faults, latency, openQuestions, log } = parts;
  if (latency.milliseconds > 0) await sleep(latency.milliseconds);
  const key = request.get("authorization") ?? "";
  const at = now();
  const callerId = store.findByKey(key, at)?.id;
  const admitted = admit(store, key, at);
  const planned = faults.next(route, callerId);
  const limit = rateLimiter.count(route, key, at);
  const refusal = request.path.startsWith("/api/v2/") ? refusalOf(request) : undefined;
  let fault = planned?.fault;
  let result: Result;
  const isOnlyLate = fault?.kind === "delay" || fault?.kind === "hold";
  if (planned?.when === "before" && !isOnlyLate) result = internalError;
  else if (admitted === undefined) result = openQuestions.refusesKeysWithoutBody ? { status: 401 } : unauthorized;
  else if (!limit.isAllowed) result = failure(429, "Too many requests; try again later");
  else if (refusal !== undefined) result = refusal;
  else {
    if (planned?.when === "before" && (fault?.kind === "delay" || fault?.kind === "hold")) {
      await lateness(fault);
      fault = undefined;
    }
    const parameters = Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
    // Without a body, express would have an empty object.
    const body: unknown = hasBody(request) ? request.body : undefined;
    const version = versionOf(request);
    result = admitted({ store, now: now(), parameters, query: request.query, version, body, openQuestions });
  }
  log({
    method: request.method,
    route,
    path: request.path,
    query: { ...request.query },
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== "authorization")),
    callerId,
    keyEnding: key.slice(-4),
    at,
    fault: planned && faultName(planned),
    hasReset: result.resets !== undefined,
    resets: result.resets,
    status:
      fault?.kind === "drop" || fault?.kind === "hang"
        ? undefined
        : fault?.kind === "status"
          ? fault.status
          : result.status,
  });
  response.set("Date", new Date(now()).toUTCString()).set(limit.headers);
  const isStream = await send(response, result, fault);
  if (!isStream || response.closed) return;
  parts.streams.add(response, () => admit(store, key, now()) !== undefined);
  parts.ended();
}
