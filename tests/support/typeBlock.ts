/** Types a page's block of shell into a stack. */
import assert from "node:assert/strict";

import type { Stack } from "../../tools/stack/stack";
import { commands } from "../docs/shell";

/**
 * Runs the lines one after the other. What a pipe takes is printed nowhere.
 *
 * @param code commands of `pulumi` alone, in pipes of two at most
 * @param values what stands for words that the page can't know
 */
export async function typeBlock(
  stack: Stack,
  code: string,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const line of code.split("\n")) {
    const [first = assert.fail(line), second, ...others] = commands(line).map(({ words: [program, ...words] }) => {
      assert.equal(program, "pulumi", line);
      return words.map((word) => values[word] ?? word);
    });
    assert.equal(others.length, 0, line);
    if (second === undefined) {
      const { status, output } = await stack.pulumi(...first);
      assert.equal(status, 0, output);
      continue;
    }
    assert.match(line, / \| /);
    const { status, standardOutput } = await stack.given("", ...first);
    assert.equal(status, 0, line);
    const taken = await stack.given(standardOutput, ...second);
    assert.equal(taken.status, 0, taken.output);
    assert.ok(!taken.output.includes(standardOutput.trim()), line);
  }
}
