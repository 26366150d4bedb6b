/** What is said of a key whose resource goes: only where the stack has the one copy that Pulumi knows, it is a warning. */
import assert from "node:assert/strict";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { sdkKey } from "../../provider/credentials/sdkKey/credential";
import * as dropped from "../../provider/messages/drift";
import type { ResetCredential } from "../../provider/model/credential";
import type { State } from "../../provider/model/state";
import { held } from "../support/heldState";

const none: State = { ...held, key: null };
const rows: [what: string, credential: ResetCredential, state: State, isOnlyCopy: boolean][] = [
  ["that is shown once", accessToken, held, true],
  ["that can be read again", sdkKey, held, false],
  ["that the stack does not have", accessToken, none, false],
];

for (const [what, credential, state, isOnlyCopy] of rows) {
  describe(`a key ${what}, whose resource goes`, () => {
    it(isOnlyCopy ? "is announced with how to save it" : "is not announced", () => {
      const announcement = dropped.announceReplacement(credential, state);
      assert.equal(announcement?.severity, isOnlyCopy ? "warning" : undefined);
      if (!isOnlyCopy) return;
      assert.match(announcement?.message ?? "", /^Will drop a key: .*ending in aaaa.*--file backup\.json$/);
    });

    it(isOnlyCopy ? "is told as dropped, with where it still is" : "is told as left alone", () => {
      const { severity, message } = dropped.describeDeletion(credential, state);
      assert.equal(severity, isOnlyCopy ? "warning" : "info");
      if (isOnlyCopy) assert.match(message, /^Dropped a key: .*\(ending in aaaa\).*pulumi stack export --version/);
      else assert.equal(message, "Left alone: nothing changes at LaunchDarkly.");
    });
  });
}

describe("a key that another resource has now", () => {
  it("is told as moved, and not as dropped", () => {
    const { severity, message } = dropped.describeMoved(accessToken, held);
    assert.equal(severity, "info");
    assert.equal(
      message,
      "Moved: another resource of this stack has the token now, with its key (ending in aaaa). Nothing changes at LaunchDarkly.",
    );
  });
});

describe("a credential that LaunchDarkly does not show", () => {
  it("keeps its key in the stack, and says what to look at", () => {
    const { severity, message } = dropped.keptThoughMissing(accessToken);
    assert.equal(severity, "warning");
    assert.ok(message.startsWith("Not shown by LaunchDarkly: "), message);
    assert.ok(message.includes(accessToken.wording.missing.advice) && message.endsWith("pulumi state delete <urn>"));
  });
});
