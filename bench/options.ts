/** What `npm run bench` can be told. */
import { parseArgs } from "node:util";

export const HELP = `Measures the package with the real Pulumi CLI and LaunchDarkly's stand-in on this machine.

  npm run bench -- [options]

  --scenario <names>  What to measure, separated by commas. Default: all that takes less than two minutes.
                      --help lists the names.
  --all               Measures everything.
  --quick             One round of each, and small numbers: to see that the bench works.
  --rounds <number>   How often each is measured, in turn with what it is compared with. Default: 5.
  --latency <ms>      How long the API takes to answer, in the scenario latency. Default: 100.
  --rate-limit <n>    Requests per window of ten seconds, in the scenario limited. Default: 40. With
                      more than that, the engine and not the limit decides how long 1,000 tokens take.
  --before <commit>   Measures the package as it was at that commit, too.
  --report            Measures everything and writes docs/bench/: JSON, plots and the table.
  --help              Prints this text.
`;

export interface Options {
  /** Undefined for those that are measured by default. */
  readonly scenarios: readonly string[] | undefined;
  readonly isAll: boolean;
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly latencyMs: number;
  readonly rateLimit: number;
  readonly before: string | undefined;
  readonly isReport: boolean;
  readonly isHelp: boolean;
}

/** @throws {Error} if the words make no sense */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      scenario: { type: "string" },
      all: { type: "boolean" },
      quick: { type: "boolean" },
      rounds: { type: "string" },
      latency: { type: "string" },
      "rate-limit": { type: "string" },
      before: { type: "string" },
      report: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const isQuick = values.quick ?? false;
  return {
    scenarios: values.scenario?.split(",").map((name) => name.trim()),
    isAll: values.all ?? values.report ?? false,
    isQuick,
    rounds: number("rounds", values.rounds, isQuick ? 1 : 5),
    latencyMs: number("latency", values.latency, 100),
    rateLimit: number("rate-limit", values["rate-limit"], 40),
    before: values.before,
    isReport: values.report ?? false,
    isHelp: values.help ?? false,
  };
}

function number(name: string, text: string | undefined, byDefault: number): number {
  if (text === undefined) return byDefault;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number above 0, not ${text}`);
}
