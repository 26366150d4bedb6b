/** What a request is for, and what its failure means: an error with a code, in words. */
import { z } from "zod";

import type { Json } from "../model/json";
import { keyLabel, printable, redact } from "../model/redact";
import { SETTING } from "../model/settingNames";
import { isObject } from "./body";
import type { Answer, Reply } from "./transport";

export interface Operation {
  /** As in "LaunchDarkly refused to …". */
  readonly action: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Absolute path. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: Json | undefined;
  /** The version of LaunchDarkly's API that it needs. @default the one that this package is written for */
  readonly apiVersion?: string | undefined;
  /** Whether it names what it was decided on: refused with 409, it is not sent again as it is. @default false */
  readonly isConditional?: boolean;
  /** LaunchDarkly's name of the action that a role must allow for it. */
  readonly permission?: string | undefined;
  /** What a refusal may mean besides the role: a sentence. */
  readonly otherwise?: string | undefined;
  /** What a 404 of LaunchDarkly's says is missing, and what to check then. */
  readonly missing?: { readonly what: string; readonly advice: string };
}

/** Stable over releases. */
export type LaunchDarklyErrorCode =
  /** 401: the key is unknown to LaunchDarkly, or expired. */
  | "unauthorized"
  /** 403: the key works, but its role does not allow this. */
  | "forbidden"
  /** 404: nothing with this id that the key may see. */
  | "notFound"
  /** 429. */
  | "rateLimited"
  /** Any other answer that refuses the request. */
  | "refused"
  /** No connection was made; the request was not sent. */
  | "unreachable"
  /** Sent, but no answer came, or none that says what happened. */
  | "noAnswer";

/**
 * An unexpected answer of LaunchDarkly's, or none at all. Holds no request, no response and no
 * underlying error, because those hold keys.
 */
export class LaunchDarklyError extends Error {
  override readonly name = "LaunchDarklyError";

  constructor(
    readonly code: LaunchDarklyErrorCode,
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}

/**
 * Whether an answer is not LaunchDarkly's, but of a captive portal, a proxy, or another server at the host.
 *
 * @param isErrorBody whether a body is one of LaunchDarkly's for errors
 */
export function isAnothers({ status, headers, body }: Answer, isErrorBody: boolean): boolean {
  if (isErrorBody) return false;
  // LaunchDarkly's API does not redirect, its 404 has a body, and 407 and 511 are a proxy's and a portal's by definition.
  if ((status >= 300 && status < 400) || [404, 407, 511].includes(status)) return true;
  // A gateway in front of LaunchDarkly may have pages for what it can't do.
  const isGateways = status >= 500 || status === 429;
  return !isGateways && !isObject(body) && /\bhtml\b/i.test(headers["content-type"] ?? "");
}

/** Such as "app.launchdarkly.com answered with a page that is not LaunchDarkly's API (302 to login.example.com)". */
export function describeAnothers({ status, headers, host = "the host" }: Answer): string {
  const elsewhere = redirectHost(headers["location"], host);
  const what = elsewhere === undefined ? String(status) : `${String(status)} to ${elsewhere}`;
  return `${host} answered with a page that is not LaunchDarkly's API (${printable(what)})`;
}

/** The host that a redirect leads to, if it is another one. */
function redirectHost(location: string | undefined, host: string): string | undefined {
  const base = `https://${host}`;
  if (location === undefined || !URL.canParse(location, base)) return undefined;
  const { host: other } = new URL(location, base);
  return other === "" || other === host ? undefined : other;
}

/** LaunchDarkly's error body; a 401 may come without one. */
const errorBodySchema = z.object({ code: z.string().catch(""), message: z.string().catch("") });

/** Node.js does not know who has signed the certificate. Source: Node.js's documentation of X509 certificate errors. */
const UNKNOWN_AUTHORITY =
  /\b(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|CERT_UNTRUSTED)\b/;

function unreachableAdvice(reason: string): string {
  return UNKNOWN_AUTHORITY.test(reason)
    ? `If the certificate is your network's own, put its authority's certificate into a file, and name the file in NODE_EXTRA_CA_CERTS. Otherwise check ${SETTING.apiHost}.`
    : `Check the network and ${SETTING.apiHost}.`;
}

/** @param requestKey the key that the request was sent with */
export function explainReply(
  { action, permission, missing, otherwise }: Pick<Operation, "action" | "permission" | "missing" | "otherwise">,
  reply: Reply,
  requestKey: string,
): LaunchDarklyError {
  if (reply.kind === "unsent") {
    return new LaunchDarklyError(
      "unreachable",
      `LaunchDarkly can't be reached to ${action}: ${reply.reason}. ${unreachableAdvice(reply.reason)}`,
    );
  }
  if (reply.kind === "lost") {
    return new LaunchDarklyError("noAnswer", `LaunchDarkly did not answer the request to ${action}: ${reply.reason}.`);
  }
  if (isAnothers(reply, isOfLaunchDarkly(reply.body))) {
    const message = `${describeAnothers(reply)} when asked to ${action}: check ${SETTING.apiHost} and the proxy.`;
    const isRefusal = reply.status >= 300 && reply.status < 500;
    return new LaunchDarklyError(isRefusal ? "refused" : "noAnswer", redact(message), reply.status);
  }
  const said = whatItSaid(reply.status, reply.body, requestKey);
  const key = keyLabel(requestKey);
  switch (reply.status) {
    case 401:
      return new LaunchDarklyError(
        "unauthorized",
        `LaunchDarkly does not accept the key ${key} (${said}): it is wrong, expired or was reset.`,
        401,
      );
    case 403:
      return new LaunchDarklyError(
        "forbidden",
        `LaunchDarkly refused to ${action}: the role of the key ${key} does not allow it (${said}). Use a key with the Admin role, or a custom role that allows ${permission === undefined ? "it" : `the action ${permission}`}.${otherwise === undefined ? "" : ` ${otherwise}`}`,
        403,
      );
    case 404:
      if (missing === undefined) break;
      return new LaunchDarklyError(
        "notFound",
        `LaunchDarkly found no such ${missing.what} when asked to ${action} (${said}). ${missing.advice}`,
        404,
      );
    case 429:
      return new LaunchDarklyError(
        "rateLimited",
        `LaunchDarkly's rate limit held back the request to ${action} for too long (${said}). Try again in a minute.`,
        429,
      );
  }
  return reply.status >= 500 || reply.status < 300
    ? new LaunchDarklyError(
        "noAnswer",
        `LaunchDarkly gave no usable answer to the request to ${action} (${said}).`,
        reply.status,
      )
    : new LaunchDarklyError("refused", `LaunchDarkly refused to ${action} (${said}).`, reply.status);
}

function isOfLaunchDarkly(body: unknown): boolean {
  return errorBodySchema.extend({ code: z.string().min(1) }).safeParse(body).success;
}

function whatItSaid(status: number, body: unknown, key: string): string {
  const { code, message } = errorBodySchema.catch({ code: "", message: "" }).parse(body);
  const words = redact(printable([code, message].filter(Boolean).join(": "), [key]));
  return words === "" ? String(status) : `${String(status)} ${words.slice(0, 300).toWellFormed()}`;
}
