/** Text from outside takes time in proportion to its length, whichever pattern it meets. */
import assert from "node:assert/strict";

import { describeAnothers, explainReply, isAnothers } from "../../provider/client/errors";
import { answerDate } from "../../provider/client/serverClock";
import { isExempt, proxyFor } from "../../provider/client/proxy";
import { requestedWait } from "../../provider/client/rateLimit";
import { readBody } from "../../provider/client/body";
import { processList } from "../../provider/client/recordList";
import { everyKind, resetCredentials } from "../support/kinds";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { rotatingMobileKey } from "../../provider/credentials/rotatingMobileKey/credential";
import { rotatingSdkKey } from "../../provider/credentials/rotatingSdkKey/credential";
import { oldKeyExpirySchema, parseDuration } from "../../provider/model/duration";
import { lastFourOf, wholeKey } from "../../provider/model/answers";
import { LOOKS_LIKE_A_KEY, printable, redact, withoutKeys } from "../../provider/model/redact";
import { identifierPrefix, markIn, textOf } from "../../provider/model/mark";

/** What a pattern may stumble over: the same again and again, with an end that fits nothing. */
const REPEATED = [
  " ",
  "a",
  "0",
  "1.",
  ":",
  "/",
  "//",
  "://",
  "@",
  "[",
  "[Pulumi ",
  "[Pulumi a 9f86d081884c7d65 #3]",
  "9f86d081884c7d65 #3] ",
  "\n",
  "\n ",
  "api-",
  "api-0",
  "-0a",
  "x",
  ".",
  "#",
  "\u001b[",
  "\u001b]a;",
  "\u001b[1;",
  "{",
  '{"',
  '{"a":1}',
  "}{",
  "P1",
  "PT",
  "1H",
  "\u200b",
];

const answered = (body: unknown, headers = {}) => ({ kind: "answer", status: 200, headers, body }) as const;
const target = new URL("https://app.launchdarkly.com");

/** Everything that reads a text which somebody else wrote. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  markIn,
  textOf,
  printable,
  redact,
  withoutKeys,
  lastFourOf,
  wholeKey,
  parseDuration,
  looksLikeAKey: (text) => LOOKS_LIKE_A_KEY.test(text),
  oldKeyExpiry: (text) => oldKeyExpirySchema.safeParse(text),
  "the body of an answer": (text) => readBody(Buffer.from(`{${text}`)),
  "objects in the body of an answer": (text) => readBody(Buffer.from(`)]}'${text}`)),
  "the type of an answer": (text) => readBody(Buffer.from("{}"), `charset=${text}`),
  "an error body": (text) =>
    explainReply({ action: "ask" }, { ...answered({ code: text, message: text }), status: 400 }, ""),
  "headers of an answer": (text) => [
    requestedWait(429, { "retry-after": text }, 0),
    answerDate({ age: text, "x-cache": text, date: text }),
    isAnothers(answered("", { "content-type": text }), false),
    describeAnothers(answered("", { location: text })),
  ],
  "a list of tokens": (text) =>
    processList(rotatingAccessToken, {}, 0, answered({ items: [{ _id: text, name: text }] }), ""),
  "an answer to a look": (text) =>
    resetCredentials.map(({ readFound, readNewKey }) => {
      const body = { token: text, apiKey: text, mobileKey: text, fullKey: text, displayKey: text, name: text };
      return [readFound(body), readNewKey(body)];
    }),
  "an additional key": (text) => {
    const shown = { key: text, value: text, name: text, description: text, kind: text, isDefault: text };
    return [rotatingSdkKey, rotatingMobileKey].map(({ readRecord, readNewKey }) => [
      [shown, { ...shown, key: "shop-1" }].map((body) => [readRecord(body), readNewKey(body)]),
      readRecord({ ...shown, expiry: text, _createdAt: text, _version: text }),
    ]);
  },
  "a list of additional keys": (text) =>
    processList(rotatingSdkKey, {}, 0, answered({ items: [{ key: text, value: text, description: text }] }), ""),
  "a setting of a proxy": (text) => proxyFor(target, (name) => (name === "https_proxy" ? text : undefined)),
  "a URL of a proxy": (text) => proxyFor(target, (name) => (name === "https_proxy" ? `http://[${text}` : undefined)),
  NO_PROXY: (text) => isExempt(target, text.replaceAll(/[\s,]/g, ".")),
  "inputs of a program": (text) =>
    [text, [text], [{ effect: text }]].map((given) =>
      everyKind.map(({ credential: { inputs }, inputNames }) =>
        inputs.safeParse({ owner: text, ...Object.fromEntries(inputNames.map((input) => [input, given])) }),
      ),
    ),
  "what identifiers begin with": (text) => [
    identifierPrefix(text),
    identifierPrefix(`${text}/urn:pulumi:production::shop::a:b:C::${text}`),
    identifierPrefix(`acme/urn:pulumi:${text}::${text}::a:b:C::x`),
  ],
};

const SHORT = 2_000;
const TIMES = 16;

/** The shortest of some runs, in milliseconds: what else the machine does lengthens it, and never shortens it. */
function shortest(read: (text: string) => unknown, text: string): number {
  let found = Infinity;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    read(text);
    found = Math.min(found, performance.now() - start);
  }
  return found;
}

describe("text from outside", function () {
  this.timeout(60_000);
  for (const [name, read] of Object.entries(READERS)) {
    it(`takes no more than its share of time when it is longer: ${name}`, () => {
      for (const part of REPEATED) {
        const text = (length: number) => `${part.repeat(Math.ceil(length / part.length))}\u0001`;
        const ratio = () => {
          const [short, long] = [shortest(read, text(SHORT)), shortest(read, text(SHORT * TIMES))];
          // What is over in a moment has no measurable growth.
          return long / Math.max(short, 0.05);
        };
        // A square would be 256; a machine that is busy with something else is asked once more.
        const isLinear = () => ratio() < TIMES * 6;
        assert.ok(isLinear() || isLinear() || isLinear(), `${JSON.stringify(part)} takes more than its share`);
      }
    });
  }
});
