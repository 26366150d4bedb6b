/** Texts of the core name a setting by what all hosts call it, and people see the name that their host has for it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { SETTING, withSettingNames } from "../../provider/model/settingNames";
import { repository } from "../../tools/stack/workspace";
import { filesBelow } from "../support/filesBelow";

const ROOMS = ["model", "decisions", "messages", "client", "run", "rotation", "lifecycle"];
const OWN_NAME = /launchdarkly(?:-rotation)?:(?:accessToken|apiHost|httpTimeout)/;

describe("the names of settings", () => {
  it("are the host's in what people see", () => {
    const text = `Check ${SETTING.accessToken} and ${SETTING.apiHost}; ${SETTING.httpTimeout} is in seconds.`;
    assert.equal(
      withSettingNames(text, "launchdarkly-rotation"),
      "Check launchdarkly-rotation:accessToken and launchdarkly-rotation:apiHost; launchdarkly-rotation:httpTimeout is in seconds.",
    );
  });

  it("leave all else as it is", () => {
    const text = "⟨tokenId⟩ of $1, launchdarkly:accessToken";
    assert.equal(withSettingNames(text, "launchdarkly-rotation"), text);
  });

  it("are no host's own in the rooms that every host has", () => {
    const own = ROOMS.flatMap((room) => filesBelow(path.join(repository, "provider", room)))
      .filter((file) => OWN_NAME.test(withoutComments(readFileSync(file, "utf8"))))
      .map((file) => path.relative(repository, file));
    assert.deepEqual(own, []);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
}
