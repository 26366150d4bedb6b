/** Whether a run works where a credential lives, and what of that the state remembers. */
import assert from "node:assert/strict";

import { elsewhere, notedHome } from "../../provider/decisions/home";
import type { Home } from "../../provider/model/state";

const home = (accountId: string | null, host = "https://app.launchdarkly.com"): Home => ({ host, accountId });

describe("where a credential lives", () => {
  const other = "https://app.eu.launchdarkly.com";
  const rows: [what: string, home: Home | null, here: Home, differs: string | undefined][] = [
    ["is where the run works, by host and account", home("a"), home("a"), undefined],
    ["is another host", home("a"), home("a", other), "host"],
    ["is another host, whichever the account", home(null), home("b", other), "host"],
    ["is another account", home("a"), home("b"), "account"],
    ["is taken for the same account where the run does not know its own", home("a"), home(null), undefined],
    ["is taken for the same account where the state does not know it", home(null), home("b"), undefined],
    ["is taken for the same where an older release wrote the state", null, home("b", other), undefined],
  ];
  for (const [what, kept, here, differs] of rows) {
    it(what, () => {
      assert.equal(elsewhere(kept, here), differs);
    });
  }

  const noted: [what: string, home: Home | null, here: Home, after: Home][] = [
    ["is remembered", null, home("a"), home("a")],
    ["is remembered anew, once it is known", home("a"), home("b", other), home("b", other)],
    ["keeps the account where a run has not asked", home("a"), home(null), home("a")],
    ["has no account where nobody has ever asked", null, home(null), home(null)],
    ["has no account where none was known", home(null), home(null), home(null)],
  ];
  for (const [what, kept, here, after] of noted) {
    it(what, () => {
      assert.deepEqual(notedHome(kept, here), after);
    });
  }
});
