/** A token that the stack owns, whose kind the program changes: LaunchDarkly can't, so the resource is replaced. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import type { Properties } from "../../support/providerProcess";

describe("a token that the stack owns, when serviceToken changes", () => {
  const subject = eachOwnedProvider();

  /** What is shown of the change, after the engine's check and diff. */
  async function shownOf(state: Properties, before: Properties, isPreview: boolean): Promise<string> {
    const { provider, shown, said } = subject();
    const { check, diff } = await provider();
    const news = { ...before, serviceToken: false };
    shown.length = 0;
    await check(before, { ...news, __preview: isPreview });
    const { changes, replaces } = await diff("", state, news);
    assert.deepEqual([changes, replaces], [true, ["serviceToken"]]);
    return said();
  }
  const ending = (state: Properties) => String(state["tokenLastFour"]);

  it("is replaced, and the preview says that the old ones will be deleted", async () => {
    const { inputs, created, upFrom } = subject();
    const first = await created();
    const verdict = "warning: Will replace: serviceToken changed. A new token is made. ";
    const unless = " Under retainOnDelete nothing is deleted, and no key dies.";
    assert.equal(
      await shownOf(first, inputs(), true),
      `${verdict}The current one (ending in ${ending(first)}) is deleted, and its key dies.${unless}`,
    );
    const news = inputs({ triggers: { a: 2 } });
    const second = await upFrom(first, news);
    assert.equal(
      await shownOf(second, news, true),
      `${verdict}The current one (ending in ${ending(second)}) and 1 previous one are deleted, and their keys die.${unless}`,
    );
  });

  it("says nothing before the up has done it", async () => {
    const { inputs, created } = subject();
    assert.equal(await shownOf(await created(), inputs(), false), "");
  });
});
