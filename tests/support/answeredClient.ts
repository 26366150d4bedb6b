/** A client whose requests get answers that a test has written, in turn. */
import assert from "node:assert/strict";

import type { Client } from "../../provider/client/client";
import { LaunchDarklyError, type Operation } from "../../provider/client/errors";
import type { Reply } from "../../provider/client/transport";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
export const reply = (body: unknown, status = 200): Reply => ({ kind: "answer", host: "h", status, headers: {}, body });
export const refusal = (status: number) => reply({ code: "odd", message: "no" }, status);
export const LOST: Reply = { kind: "lost", reason: "socket hang up" };
/** @param replies in the order of the requests */
export function answered(...replies: Reply[]) {
  const sent: Operation[] = [];
  const since: unknown[] = [];
  const client = {
    elapsed: () => 0,
    sendIdempotent: (operation: Operation, _isEnough: unknown, began: unknown) => {
      sent.push(operation);
      since.push(began);
      return Promise.resolve({ reply: replies.shift() ?? assert.fail(`no answer to ${operation.action}`), key: KEY });
    },
  } as unknown as Client;
  const all = () => sent.map(({ method, path }) => `${method} ${path}`);
  return { client, sent, since, all, left: () => replies.length };
}

/** Fails unless it fails with an error of that code and those words. */
export const fails = (promise: Promise<unknown>, code: string, message: RegExp) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof LaunchDarklyError);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
