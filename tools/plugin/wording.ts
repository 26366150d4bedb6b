/** What docstrings say of the classes for TypeScript alone, and what the schema says in its place. */

/** The names that the settings have with the plugin. */
const SETTINGS: Replacement = [/`launchdarkly:(\w+)`/g, "`launchdarkly-rotation:$1`"];

type Replacement = readonly [told: string | RegExp, instead: string];

const replacements: readonly Replacement[] = [
  SETTINGS,
  [
    "Any JSON value; best a map, because its keys name the reason of a rotation. A `Date`, a `Map` or a resource is refused: write `date.toISOString()`, or an output of the resource. Within `pulumi.output()` they are flattened before that, and warned of.",
    "A map; its keys name the reason of a rotation.",
  ],
];

export interface Wording {
  /** @returns the text as users of every language read it */
  reworded(text: string): string;
  /** @throws {Error} naming what no text has said: a docstring that has changed needs another look here */
  assertUsed(): void;
}

export function createWording(): Wording {
  const unused = new Set(replacements);
  return {
    reworded: (text) =>
      replacements.reduce((told, replacement) => {
        const after = told.replaceAll(...replacement);
        if (after !== told) unused.delete(replacement);
        return after;
      }, text),
    assertUsed: () => {
      for (const [told] of unused)
        throw new Error(`No docstring says this any more: correct tools/plugin/wording.ts. ${String(told)}`);
    },
  };
}
