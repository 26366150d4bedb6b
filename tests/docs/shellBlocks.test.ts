/** Every block of shell in the documentation is run by a test, or it stands here why none can run it. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { runItBlock } from "../examples/runItBlock";
import { type Block, blocksIn, pages } from "./pages";
import { commands, SHELL } from "./shell";

/** What is run, and by what. A test that takes the words from the page names the page. */
interface Run {
  readonly page: string;
  readonly block: RegExp;
  readonly by: string;
  readonly takes: "the page's words" | "words of its own";
}

interface NotRun {
  readonly page: string;
  readonly block: RegExp;
  readonly because: string;
}

const RUN: readonly Run[] = [
  // All but `npm install`, which `npm run test:matrix` does: it needs a registry.
  { page: "README.md", block: /^npm install /, by: "tests/docs/newcomer.ts", takes: "the page's words" },
  {
    page: "docs/migrating.md",
    block: /^pulumi stack output token /,
    by: "tests/scenarios/ownedAccessToken.ts",
    takes: "the page's words",
  },
  {
    page: "docs/day-two.md",
    block: /^pulumi stack output --json /,
    by: "tests/scenarios/scheduled.ts",
    takes: "the page's words",
  },
  // `npm run test:languages` makes the SDKs.
  {
    page: "docs/languages.md",
    block: /^npm run plugin:pack/,
    by: "tests/plugin/pack.test.ts",
    takes: "words of its own",
  },
  // `npm install` needs a registry: the test does what it does with the SDK.
  {
    page: "docs/languages.md",
    block: /^pip install /,
    by: "tests/languages/generated.ts",
    takes: "words of its own",
  },
  {
    page: "docs/languages.md",
    block: /^pulumi import /,
    by: "tests/scenarios/pluginImport.ts",
    takes: "words of its own",
  },
  {
    page: "docs/languages.md",
    block: /^pulumi config get /,
    by: "tests/scenarios/pluginTakeOver.ts",
    takes: "the page's words",
  },
  {
    page: "docs/access-token-rotation.md",
    block: /^pulumi stack output token /,
    by: "tests/scenarios/selfRotation.ts",
    takes: "the page's words",
  },
  {
    page: "docs/when-things-go-wrong.md",
    block: /^pulumi stack export --show-secrets /,
    by: "tests/docs/earlierState.test.ts",
    takes: "the page's words",
  },
  {
    page: "docs/other-languages.md",
    block: /^pulumi config set rotatingStack /,
    by: "tests/scenarios/consumers.ts",
    takes: "words of its own",
  },
  {
    page: "sandbox/README.md",
    block: /^npm run sandbox .*$/,
    by: "tests/sandbox/main.test.ts",
    takes: "words of its own",
  },
];

const NOT_RUN: readonly NotRun[] = [
  { page: "docs/languages.md", block: /^pulumi config set --secret /, because: "asks for the key" },
  { page: "README.md", block: /^npm run demo .*$/, because: "takes a minute, and fails if what it shows is not true" },
  { page: "CONTRIBUTING.md", block: /^npm run check$/, because: "a step of each workflow for changes" },
  { page: "CONTRIBUTING.md", block: /^npm run docs:api\n/, because: "names files that `npm test` runs" },
  { page: "bench/README.md", block: /^npm run bench /, because: "measures for minutes, alone on a machine" },
  { page: "docs/chaos.md", block: /^npm run chaos .*AccessTokenRotation/, because: "takes hours; runs every night" },
  { page: "docs/chaos.md", block: /^npm run chaos .*RotatingAccessToken$/, because: "takes hours; runs every night" },
  { page: "docs/chaos.md", block: /^npm run chaos .*RotatingSdkKey$/, because: "takes hours; runs every night" },
  { page: "docs/chaos.md", block: /^npm run chaos .*RotatingMobileKey$/, because: "takes hours; runs every night" },
  { page: "docs/chaos.md", block: /^npm run chaos .*--lanes 4$/, because: "takes long; longer runs come every night" },
  {
    page: "docs/rotating-access-token.md",
    block: /^pulumi state unprotect /,
    because: "names a resource of the reader's, after a run that failed",
  },
  { page: "docs/migrating.md", block: /^terraform output /, because: "needs Terraform and its state" },
  { page: "docs/migrating.md", block: /^terraform state rm /, because: "needs Terraform and its state" },
  { page: "docs/schedules.md", block: /^npm pack /, because: "needs a registry, and a repository of the reader's" },
  { page: "docs/schedules.md", block: /^cd examples\/scheduled\/deployments\n/, because: "needs Pulumi Cloud" },
  { page: "docs/settings.md", block: /^export HTTPS_PROXY=/, because: "names a proxy that is not there" },
  { page: "docs/try-it.md", block: /^npm run try-it .*$/, because: "needs an account" },
  { page: "examples/sdk-keys/README.md", block: /^kubectl get pods /, because: "needs a cluster" },
];

const examples = readdirSync(path.join(repository, "examples"));
const pageOf = ({ at }: Block) => at.replace(/:\d+$/, "");

/**
 * "Run it" blocks are typed by tests/examples/runIt.ts, or tests/languages/examples.ts with the plugin, and `pulumi new` of
 * each example by templates.test.ts.
 */
const ofExamples = new Set(examples.map((example) => runItBlock(example).at));
const isPulumiNew = (block: Block) =>
  examples.some(
    (example) =>
      pageOf(block) === `examples/${example}/README.md` &&
      block.code === `pulumi new …/examples/${example} --generate-only`,
  );

const fits = (block: Block) => (rule: Run | NotRun) => rule.page === pageOf(block) && rule.block.test(block.code);

/** The lines of a block, each as it is written, without its comment. */
const lines = ({ code }: Block) => commands(code).map(({ text }) => text);

describe("the blocks of shell in the documentation", () => {
  const blocks = blocksIn(pages(), ...SHELL);
  const isRun = (block: Block) => ofExamples.has(block.at) || isPulumiNew(block) || RUN.some(fits(block));

  it("are run, each of them, or it is known why not", () => {
    const typed = new Set(blocks.filter(isRun).flatMap(lines));
    const unknown = blocks.filter((block) => !isRun(block) && !NOT_RUN.some(fits(block)));
    // What is no more than lines of blocks that are run is run as well.
    const never = unknown.filter((block) => !lines(block).every((line) => typed.has(line)));
    assert.deepEqual(
      never.map(({ at, code }) => `${at} ${code}`),
      [],
      "run them in a test, and say so in RUN, or say in NOT_RUN why nothing can",
    );
    assert.ok(ofExamples.size > 5);
  });

  it("are there, where it is said that they are run, or why they are not", () => {
    for (const rule of [...RUN, ...NOT_RUN]) {
      const found = blocks.filter((block) => fits(block)(rule));
      assert.equal(found.length, 1, `${rule.page} ${String(rule.block)}`);
    }
  });

  it("are taken from the pages by the tests that run them", () => {
    for (const { page, by, takes } of RUN) {
      const file = path.join(repository, by);
      assert.ok(existsSync(file), by);
      if (takes === "the page's words") assert.ok(readFileSync(file, "utf8").includes(`page("${page}")`), by);
    }
  });
});
