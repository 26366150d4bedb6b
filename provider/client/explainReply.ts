/** Turns an unexpected answer into an error: verdict first, then what to do about it. */
import { z } from "zod";

import { printable } from "../model/printable";
import { LaunchDarklyError } from "./launchDarklyError";
import type { Operation } from "./operation";
import { describeAnothers, isAnothers } from "./othersAnswer";
import { keyLabel, redact } from "../model/redact";
import type { Reply } from "./transport";
import { SETTING } from "../model/settingNames";

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
