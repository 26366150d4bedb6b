/** Sends one request with axios and says what came back. Knows no endpoint, no schema and no retry. */
import http from "node:http";
import https from "node:https";
import type net from "node:net";
import type { Readable } from "node:stream";

import axios from "axios";

import type { Json } from "../model/json";
import { printable, redact } from "../model/redact";
import { decompress, isObject, readBody, receive } from "./body";
import { createAgent } from "./connections";
import { failureReason } from "./failureReason";
import { LONGEST_BODY } from "./limits";
import type { ProxySetting } from "./proxy";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Absolute path. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: Json | undefined;
  /** @default the version that this client is written for */
  readonly apiVersion?: string | undefined;
  /** The key that is sent in the Authorization header. */
  readonly key: string;
}

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** The host that was asked, with its port if that is not the usual one. */
  readonly host?: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What the body says as JSON; undefined if it is empty or holds none. */
  readonly body: unknown;
}

/** No connection to LaunchDarkly was made. The reason is for a person: no key in it. */
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

export interface TransportOptions {
  /** Scheme and host, without a path. */
  readonly host: string;
  /** Names this package and its version to LaunchDarkly. */
  readonly userAgent: string;
  /** @default straight to the host */
  readonly proxy?: ProxySetting | undefined;
  readonly connectTimeoutMs: number;
  /** From the connection to the last byte of the answer. */
  readonly responseTimeoutMs: number;
}

/**
 * More certificate authorities come from `NODE_EXTRA_CA_CERTS`. The key goes only to the host. A proxy
 * never sees it in plain text.
 */
export function createTransport(options: TransportOptions): Transport {
  const { host, userAgent, proxy, connectTimeoutMs, responseTimeoutMs } = options;
  if (proxy !== undefined && "problem" in proxy) {
    return () => Promise.resolve({ kind: "unsent", reason: proxy.problem });
  }
  const target = new URL(host);
  const connections = { target, proxy: proxy?.proxy, connectTimeoutMs };
  const agents = {
    // Reads are sent again if they fail.
    GET: createAgent(connections, true),
    // Whether a reset has arrived must be in doubt as seldom as possible.
    POST: createAgent(connections, false),
  };
  const instance = axios.create({
    baseURL: host,
    // The agents see to it.
    proxy: false,
    responseType: "stream",
    decompress: false,
    validateStatus: () => true,
    // A redirect could carry the key to another host.
    maxRedirects: 0,
    maxContentLength: LONGEST_BODY,
    headers: {
      "User-Agent": userAgent,
      "LD-API-Version": API_VERSION,
      Accept: "application/json",
      "Accept-Encoding": "identity",
      // What a cache remembers of a token would say that a reset was not carried out.
      "Cache-Control": "no-cache",
    },
  });
  return async ({ method, path, query, body, apiVersion, key }) => {
    const headers: Record<string, string> = { Authorization: key };
    if (apiVersion !== undefined) headers["LD-API-Version"] = apiVersion;
    if (method === "POST" || method === "PATCH") headers["Content-Type"] = "application/json";
    let isConnected = false as boolean;
    const overdue = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const agent = method === "GET" ? agents.GET : agents.POST;
    const onConnected = (socket: net.Socket) => {
      isConnected = true;
      // Up to the last byte: an answer that drips in ends too.
      timer ??= setTimeout(() => {
        void whatHasArrived(socket).then(() => {
          overdue.abort();
        });
      }, responseTimeoutMs);
    };
    try {
      const response = await instance.request<Readable>({
        method,
        url: path,
        params: query,
        data: body,
        headers,
        signal: overdue.signal,
        httpAgent: agent,
        httpsAgent: agent,
        transport: telling(onConnected),
      });
      const answerHeaders = textHeaders(response.headers);
      const { bytes, failure } = await receive(response.data);
      const plain = decompress(bytes, answerHeaders["content-encoding"]);
      const said = readBody(plain, answerHeaders["content-type"]);
      // The body may be complete even if the connection broke, or was never closed.
      if (failure !== undefined && !isObject(said)) throw failure.error;
      return { kind: "answer", status: response.status, host: target.host, headers: answerHeaders, body: said };
    } catch (error) {
      const isOverdue = overdue.signal.aborted;
      const reason = isOverdue ? `no answer within ${responseTimeoutMs / 1000} s` : failureReason(error);
      // Without a connection, the request was certainly not sent. Otherwise it may have arrived.
      return { kind: isConnected ? "lost" : "unsent", reason: redact(printable(reason, [key])) };
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Turns of the event loop in which nothing has arrived, until nothing is left to read. */
const QUIET_TURNS = 3;

/**
 * Resolves when what lies in the socket is read. A process that was stopped for a while, or was busy, finds its time
 * over before it has read an answer that came in time: timers come first.
 */
async function whatHasArrived(socket: net.Socket): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS && !socket.destroyed; quiet++) {
    const before = socket.bytesRead;
    await new Promise((resolve) => setImmediate(resolve));
    if (socket.bytesRead > before && socket.bytesRead < LONGEST_BODY) quiet = -1;
  }
}

/** Node's HTTP as axios uses it. It reports when a request has its connection: from then on the request may arrive. */
function telling(onConnected: (socket: net.Socket) => void) {
  return {
    request(options: https.RequestOptions, answered: (response: http.IncomingMessage) => void): http.ClientRequest {
      const request = (options.protocol === "https:" ? https : http).request(options, answered);
      return request.once("socket", onConnected);
    },
  };
}

function textHeaders(headers: object): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
