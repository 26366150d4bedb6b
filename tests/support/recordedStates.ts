/** The states of access tokens that older releases wrote, as recorded, and what a run has to do for each. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Properties } from "./providerProcess";
import { GET_TOKEN, RESET, WHO } from "./routes";

const RECORDED = path.join(__dirname, "..", "lifecycle", "recorded-states");

/** What the next update has to do for each kind of recorded state. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  rotated: [],
  adopted: [],
  "verification-pending": [WHO],
  "answer-lost-in-grace": [WHO, RESET, WHO],
  "answer-lost-at-create": [WHO, RESET, WHO],
  "in-doubt": [GET_TOKEN],
  "rotated-outside": [WHO, RESET, WHO],
  "late-reset-possible": [GET_TOKEN],
  "key-refused": [WHO, RESET, WHO],
};

export interface RecordedState {
  readonly release: string;
  readonly kind: string;
  /** The routes of the requests of the next update. */
  readonly requests: readonly string[];
  /** Its outputs. The recording holds no key: it says where the token's own belongs. */
  outputs(token: { readonly id: string; readonly currentKey: string }): Properties;
}

export const recordedStates: readonly RecordedState[] = readdirSync(RECORDED).flatMap((release) =>
  readdirSync(path.join(RECORDED, release)).map((file): RecordedState => {
    const kind = path.basename(file, ".json");
    return {
      ...{ release, kind, requests: REQUESTS[kind] ?? assert.fail(`${kind} is not known`) },
      outputs({ id, currentKey }) {
        const values: Properties = {
          "TOKEN ID": id,
          "CURRENT KEY": currentKey,
          "CURRENT LAST FOUR": currentKey.slice(-4),
        };
        const recorded = JSON.parse(readFileSync(path.join(RECORDED, release, file), "utf8")) as Properties;
        return Object.fromEntries(
          Object.entries(recorded).map(([name, value]) => [name, values[String(value)] ?? value]),
        );
      },
    };
  }),
);
