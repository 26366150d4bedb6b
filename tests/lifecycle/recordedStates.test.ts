/** States that older releases wrote, as recorded: this one reads them. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { eachRotationProvider } from "../support/eachRotationProvider";
import type { Properties } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

const RECORDED = path.join(__dirname, "recorded-states");

/** What the next update has to do for each kind of recorded state. */
const requestsOf: Record<string, string[]> = {
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

describe("a state that an older release wrote", () => {
  const subject = eachRotationProvider();

  for (const release of readdirSync(RECORDED)) {
    for (const file of readdirSync(path.join(RECORDED, release))) {
      const kind = path.basename(file, ".json");
      it(`is taken over from ${release}: ${kind}`, async () => {
        const { provider, inputs, token, newRequests, currentKey } = subject();
        const recorded = JSON.parse(readFileSync(path.join(RECORDED, release, file), "utf8")) as Properties;
        // The recording holds no key: it says where the token's own belongs.
        const olds = Object.fromEntries(
          Object.entries(recorded).map(([name, value]) => {
            if (value === "TOKEN ID") return [name, token.id];
            if (value === "CURRENT KEY") return [name, currentKey()];
            return [name, value === "CURRENT LAST FOUR" ? currentKey()?.slice(-4) : value];
          }),
        );
        const requests = requestsOf[kind];
        assert.ok(requests, "the kind is known");
        assert.equal((await provider.diff(olds, inputs())).changes, requests.length > 0);
        const outs = await provider.update(olds, inputs());
        assert.deepEqual(newRequests(), requests);
        assert.equal(outs["token"], currentKey());
        assert.equal((await provider.diff(outs, inputs())).changes, false);
      });
    }
  }

  it("is refused in words when it is none of ours, without a request", async () => {
    const { provider, inputs, newRequests } = subject();
    const { message } = await rejection(provider.update({ tokenId: "t", rotationCount: "many" }, inputs()));
    assert.match(message, /^The state of an AccessTokenRotation can't be read: rotationCount is not what any release/);
    assert.deepEqual(newRequests(), []);
  });
});
