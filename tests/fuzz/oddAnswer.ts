/** Answers of LaunchDarkly's that nobody expects, and what must hold of an error that comes of one. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { LaunchDarklyError } from "../../provider/client/errors";
import type { Reply } from "../../provider/client/transport";
import { ADMIN_KEY, NEW_KEY, NOW, odd } from "./odd";

/** The fields that answers have, whichever credential they are of. */
export const FIELDS = [
  "_id",
  "token",
  "name",
  "role",
  "customRoleIds",
  "serviceToken",
  "defaultApiVersion",
  "lastModified",
  "tokenId",
  "apiKey",
  "mobileKey",
  "fullKey",
  "displayKey",
  "key",
  "value",
  "kind",
  "isDefault",
  "description",
  "expiry",
  "creationDate",
  "lastUsed",
  "inlineRole",
  "_createdAt",
  "_version",
  "code",
  "message",
];
const body = fc.oneof(
  odd,
  fc.record(Object.fromEntries(FIELDS.map((field) => [field, odd])), { requiredKeys: [] }),
  fc.dictionary(fc.constantFrom(...FIELDS, "more"), odd),
);
const header = fc.oneof(
  fc.string(),
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom("", "0", String(NOW + 9_000), "Mon, 23 Nov 2026 00:00:00 GMT", "Sat, 13 Sep 275760 00:00:00 GMT"),
);
export const headers = fc.record(
  Object.fromEntries(
    [
      "date",
      "retry-after",
      "x-ratelimit-reset",
      "x-ratelimit-auth-token-reset",
      "x-ratelimit-global-remaining",
      "x-ratelimit-route-remaining",
      "x-ratelimit-auth-token-remaining",
    ].map((name) => [name, header]),
  ),
  { requiredKeys: [] },
);
export const answer: fc.Arbitrary<Reply> = fc.record({
  kind: fc.constant("answer" as const),
  status: fc.integer({ min: 100, max: 599 }),
  headers,
  body,
});

export function assertShowsNoKey(error: unknown): void {
  assert.ok(error instanceof LaunchDarklyError, String(error));
  assert.ok(!error.message.includes(ADMIN_KEY) && !error.message.includes(NEW_KEY), error.message);
  assert.ok(error.message.length < 700);
}
