/** Sends one request with axios and says what came back. Knows no endpoint, no schema and no retry. */
import axios, { type AxiosError, isAxiosError } from "axios";

import { redact } from "./redact";

export interface ApiRequest {
  readonly method: "GET" | "POST";
  /** Absolute path. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** The key that is sent in the Authorization header. */
  readonly key: string;
  readonly timeoutMs: number;
}

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What the body says as JSON; undefined if it is empty or no JSON. */
  readonly body: unknown;
}

/** No connection was made. The reason is for a person: no key in it. */
export interface Unsent {
  readonly kind: "unsent";
  readonly reason: string;
}

/** No answer came, but the request may have arrived. */
export interface Lost {
  readonly kind: "lost";
  readonly reason: string;
}

export type Reply = Answer | Unsent | Lost;

/** Sends a request. Does not throw: whatever happens comes back as a reply, and no axios error leaves this file. */
export type Transport = (request: ApiRequest) => Promise<Reply>;

/** The version of LaunchDarkly's API that this client is written for. */
const API_VERSION = "20240415";

/** The answers read here are a few kB. */
const LONGEST_BODY = 4 * 1024 * 1024;

/**
 * @param host scheme and host, without a path
 * @param userAgent names this package and its version to LaunchDarkly
 */
export function createTransport(host: string, userAgent: string): Transport {
  const instance = axios.create({
    baseURL: host,
    responseType: "text",
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
    // A redirect could carry the key to another host.
    maxRedirects: 0,
    maxContentLength: LONGEST_BODY,
    headers: { "User-Agent": userAgent, "LD-API-Version": API_VERSION, Accept: "application/json" },
  });
  return async ({ method, path, query, key, timeoutMs }) => {
    const headers: Record<string, string> = { Authorization: key };
    if (method === "POST") headers["Content-Type"] = "application/json";
    try {
      const response = await instance.request<unknown>({
        method,
        url: path,
        params: query,
        headers,
        timeout: timeoutMs,
      });
      return {
        kind: "answer",
        status: response.status,
        headers: textHeaders(response.headers),
        body: parseJson(response.data),
      };
    } catch (error) {
      return { kind: wasSent(error) ? "lost" : "unsent", reason: redact(reasonOf(error, timeoutMs), [key]) };
    }
  };
}

function textHeaders(headers: object): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function parseJson(body: unknown): unknown {
  try {
    return typeof body === "string" ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}

/** Errors of a socket that has not carried a byte of the request: name look-up, connecting, the TLS handshake. */
const BEFORE_SENDING =
  /^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+|ERR_INVALID_\w+)$/;

/** Whether the request may have reached LaunchDarkly. In doubt it has. */
function wasSent(error: unknown): boolean {
  const causes = [error, ...underlying(error)];
  return !causes.some(
    (cause) => BEFORE_SENDING.test(textOf(cause, "code")) || /^(?:connect|getaddrinfo)$/.test(textOf(cause, "syscall")),
  );
}

function underlying(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [];
  const parts: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [...parts, ...(error.cause === undefined ? [] : [error.cause, ...underlying(error.cause)])];
}

function reasonOf(error: unknown, timeoutMs: number): string {
  const code =
    textOf(error, "code") ||
    underlying(error)
      .map((cause) => textOf(cause, "code"))
      .find(Boolean) ||
    "";
  if (isTimeout(error)) return `no answer within ${String(timeoutMs / 1000)} s`;
  const message = error instanceof Error ? error.message : String(error);
  return message.includes(code) ? message : `${message} (${code})`;
}

function isTimeout(error: unknown): error is AxiosError {
  return isAxiosError(error) && error.code === "ECONNABORTED" && error.message.startsWith("timeout");
}

function textOf(value: unknown, property: "code" | "syscall"): string {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, property) : undefined;
  return typeof found === "string" ? found : "";
}
