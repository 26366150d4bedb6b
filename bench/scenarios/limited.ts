/** More requests than a window of the rate limit lets through: how much of the windows is used, and what is refused. */
import { OURS, programs, type Scenario, withStacks } from "../bench";
import type { Measured } from "../contender";
import type { Figure } from "../figure";
import { rotationsOf } from "../rotations";
import { sample } from "../statistics";

const WINDOW_MS = 10_000;

export const limited: Scenario = {
  name: "limited",
  summary: "the first rotation of 1,000 tokens under a rate limit (--rate-limit)",
  isLong: true,
  run: (bench) => {
    const { rateLimit, isQuick } = bench.options;
    const count = isQuick ? 3 : 1000;
    return withStacks(programs(bench, [OURS]), {}, async (sandbox, contenders) => {
      const figures: Figure[] = [];
      for (const contender of contenders) {
        const rotations = rotationsOf(contender, sandbox, count);
        // The first request opens a window.
        sandbox.events.once("arrived", () => {
          sandbox.clock.move(WINDOW_MS - (sandbox.clock.now() % WINDOW_MS));
          sandbox.rateLimiter.limits = { global: rateLimit };
        });
        figures.push(...figuresOf(await rotations.create(), count, rateLimit));
      }
      return { figures };
    });
  },
};

function figuresOf({ requests }: Measured, count: number, rateLimit: number): Figure[] {
  const refused = requests.filter(({ status }) => status === 429).length;
  const needed = requests.length - refused;
  const [first, last] = [requests.at(0)?.at ?? 0, requests.at(-1)?.at ?? 0];
  const windows = needed / rateLimit;
  const taken = (last - first) / WINDOW_MS;
  const share = refused / requests.length;
  return [
    {
      name: `rotate ${count} under ${rateLimit} requests a window`,
      unit: "windows",
      values: { [OURS]: sample([taken]) },
      result: `${(taken / windows).toFixed(3)} × ${windows.toFixed(2)} windows`,
      bar: { text: "≤ 1.05 × requests ÷ limit", isMet: taken / windows <= 1.05 },
    },
    {
      name: `429s, rotate ${count}`,
      unit: "requests",
      values: { [OURS]: sample([refused]) },
      result: `${(100 * share).toFixed(2)} % of ${requests.length}`,
      bar: { text: "≤ 1 % of the requests", isMet: share <= 0.01 },
    },
  ];
}
