/** What all messages have in common: the verdict first, few words, and nothing that a terminal would obey. */
import assert from "node:assert/strict";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { drift } from "../../provider/messages/drift";
import { named, subject } from "../../provider/messages/words";
import { withSettingNames } from "../../provider/model/settingNames";
import { exceptional, held, routine } from "./everyMessage";

const every = [...new Set([...routine, ...exceptional])].map((text) => withSettingNames(text, "launchdarkly"));
const NAME = 'access token "ci", 610955';
/** The ids of the samples that a message says more than once. */
const repeated = (message: string) => {
  const ids: readonly string[] = message.match(/\b6109\w+/g) ?? [];
  return ids.filter((id, index) => ids.indexOf(id) !== index);
};
const words = (message: string) => message.split(/\s+/).length;

describe("the messages", () => {
  it("have fewer than 30 words when nothing goes wrong", () => {
    assert.deepEqual(
      routine.filter((message) => words(message) >= 30),
      [],
    );
  });

  it("begin with the verdict, in few words", () => {
    assert.deepEqual(
      every.filter((message) => !/^[A-Z][^:.(]{2,50}: \S/.test(message)),
      [],
    );
  });

  it("say nothing in the words over which readers have stumbled", () => {
    const odd = /\b(?:Not foreseen|Not replaced|sent to find out|without another|changes nothing|no obstacle)\b/;
    assert.deepEqual(
      every.filter((message) => odd.test(message)),
      [],
    );
  });

  it("end with a sentence, or with a command to type", () => {
    assert.deepEqual(
      every.filter((message) => !/\.$|: pulumi [\w<>|: -]+(?:\.json)?$/.test(message)),
      [],
    );
  });

  it("say an id once", () => {
    assert.deepEqual(
      every.filter((message) => repeated(message).length > 0),
      [],
    );
    const logged = routine.map((message) => named(message, NAME));
    assert.deepEqual(
      logged.filter((message) => repeated(message).length > 0),
      [],
    );
    assert.deepEqual(repeated(named("Reset: access token 610955.", NAME)), ["610955"]);
  });

  it("name the credential after the verdict where nothing else says whose they are", () => {
    const name = subject(accessToken.wording, { ...held, details: { name: "ci" } });
    assert.equal(name, NAME);
    assert.equal(named("Reset: why. More: this.", name), `Reset (${NAME}): why. More: this.`);
    assert.ok(every.every((message) => named(message, "x $& y").includes(" (x $& y): ")));
  });

  it("show no escape sequence of a name that LaunchDarkly keeps", () => {
    const name = subject(accessToken.wording, { ...held, details: { name: "ci\u001b[2J\u202e\n" } });
    assert.equal(name, 'access token "ci", 610955');
    const changed = drift(accessToken, held, { ...held, details: { role: "\u001b[31mreader" } });
    assert.ok(changed[0]?.message.includes("→ reader."), changed[0]?.message);
  });
});
