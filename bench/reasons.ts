/** Why bars are not met, as measured: the first of these whose name fits a figure. bench/README.md has more. */

const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /^rotate, 1, wall/,
    "loading axios and zod takes 18 ms, three requests 11 ms, reading inputs and state 12 ms. A smaller zod (zod/mini) would save a few of them.",
  ],
  [
    /^rotate, 100, .*text as long/,
    "201 requests take 0.18 s without Pulumi, on the same cores, and the engine writes 0.8 kB more of state for each token at each step. It would take smaller outputs.",
  ],
  [
    /^(?:rotate, 100, |state per resource)/,
    "Pulumi keeps the text of a provider twice for each resource, and writes the whole state at each step; ours is 1 kB longer. It would take a shorter text, beside the one that every state has now.",
  ],
  [
    /^(?:no change|preview), 100/,
    "inputs and state are read for each resource, which takes 1 ms. It would take a smaller zod (zod/mini). The wall time is within the spread of the rounds.",
  ],
  [
    /^rotate 1 to |^rotate 1000 for/,
    "the engine writes the whole state at each step, so its own growth is not linear either. It would take an engine that writes what has changed.",
  ],
  [
    /^peak memory/,
    "nothing is kept: after a garbage collection the heap holds 44 MB, from the first to the last of 400 tokens. It would take a lower --max-old-space-size, which is the user's.",
  ],
  [/^(?:load|rotate 20)/, "the machine is slow: compare with what the SDK, or nothing, takes on it."],
];

/** Those of the plugin, which has no text in the state, and a process of its own. */
const reasonsOfPlugin: readonly (readonly [RegExp, string])[] = [
  [
    /, 1, wall/,
    "an up without a resource takes 0.66 of the floor, and the start of the plugin most of the rest. It would take a compile cache, which saves a quarter of the start, or a plugin that is not written in TypeScript.",
  ],
  [
    /^no change, 100, wall/,
    "the plugin's process takes 0.18 of the time: a third of that to start, the rest for checks and diffs of 100 resources. It is near the bar, and above it in some runs.",
  ],
  [
    /, 100, wall/,
    "the plugin's process takes 0.28 of the time of 100 rotations: an eighth of that to start, a quarter for checks and diffs, the rest for 201 requests and what they say, where the floor sends none. No function of it stands out in a profile.",
  ],
];

/** @returns undefined where no reason is known */
export function reasonFor(figure: string): string | undefined {
  const known = figure.endsWith(", plugin") ? reasonsOfPlugin : reasons;
  return known.find(([pattern]) => pattern.test(figure))?.[1];
}
