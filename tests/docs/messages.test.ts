/** Messages that the documentation quotes are those of the package, with an ellipsis for what varies. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Wording } from "../../provider/model/credential";
import { credentialsOfStacks, resetCredentials } from "../support/kinds";
import { repository } from "../../tools/stack/workspace";
import { page } from "./pages";

const provider = path.join(repository, "provider");

/** Programs know the settings by these names. */
const withSettings = (text: string) => text.replace(/\$\{SETTING\.(\w+)\}/g, "launchdarkly:$1");

const code = readdirSync(provider, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => withSettings(readFileSync(path.join(provider, file), "utf8")))
  .join("\n");

/** All that the package may say: a message that has the words of a credential is there with those of each. */
const source = [code, ...[...resetCredentials, ...credentialsOfStacks].map(({ wording }) => inWords(wording))].join(
  "\n",
);

function inWords(wording: Wording): string {
  const words = Object.entries(wording).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return words.reduce((text, [name, word]) => text.replaceAll(`\${${name}}`, word), code);
}

const PAGES = [
  "docs/when-things-go-wrong.md",
  "docs/settings.md",
  "docs/inputs.md",
  "docs/unit-tests.md",
  ...readdirSync(path.join(repository, "docs"))
    .filter((file) => /-(?:rotation|token|keys?)\.md$/.test(file))
    .map((file) => `docs/${file}`),
];

/** What the Pulumi CLI, Node.js and LaunchDarkly's SDK say. */
const OTHERS = ["failed to load checkpoint", "no stack", "Cannot find module", "giving up permanently"];

/** A span that is no code: several words, and only signs of sentences. */
function isSentence(span: string): boolean {
  return (
    /^[A-Za-z…].*\s/.test(span) &&
    !/^(?:pulumi|npm|up|destroy|import|kubectl)\s|[{}=<>"[\]]|^\w+: /.test(span.replace(/^[A-Z][^:]*: /, ""))
  );
}

/** The parts of a message that the code has as they are; the rest varies. */
function fixedParts(message: string): string[] {
  return message
    .split(/…|\d+|[:,.] | → |[()]/)
    .map((part) => part.trim())
    .filter((part) => part.includes(" "));
}

function unknownParts(message: string): string[] {
  return fixedParts(message).filter(
    (part) => !source.includes(part) && !OTHERS.some((known) => part.startsWith(known)),
  );
}

describe("the messages that the documentation quotes", () => {
  for (const file of PAGES) {
    it(`are the package's own in ${file}`, () => {
      const quoted = page(file).spans.filter(isSentence);
      const wrong = quoted.map((message) => ({ message, unknown: unknownParts(message) }));
      assert.deepEqual(
        wrong.filter(({ unknown }) => unknown.length > 0),
        [],
      );
    });
  }

  it("are refused where nothing says so", () => {
    assert.ok(isSentence("Not reset: LaunchDarkly's rate limit held back the request"));
    assert.deepEqual(unknownParts("Not reset: LaunchDarkly's rate limit kept the request"), [
      "LaunchDarkly's rate limit kept the request",
    ]);
    assert.deepEqual(unknownParts("waiting 8 s for LaunchDarkly's rate limit, 37 of 200 rotated"), []);
  });
});
