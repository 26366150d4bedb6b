/** Graces where LaunchDarkly's clock and the local one disagree. */
import assert from "node:assert/strict";

import { processHost } from "../../provider/hosts/dynamic/processHost";
import type { Properties } from "../support/providerProcess";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import { RESET } from "../support/routes";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("a grace, when LaunchDarkly's clock and the local one disagree", () => {
  let sandbox: Sandbox;
  let shown: string[];

  beforeEach(async () => {
    sandbox = await startSandbox();
    shown = [];
  });
  afterEach(() => sandbox.stop());

  /** @param localAhead how far the local clock is ahead of the real one */
  function start(localAhead = 0) {
    return inProcessProvider(sandbox, {
      clock: () => processHost.clock() + localAhead,
      log: (severity, message) => Promise.resolve(void shown.push(`${severity}: ${message}`)),
    });
  }
  /** The old key's end, from now on the real clock, in minutes. */
  async function grace(oldKeyExpiry: string, localAhead = 0): Promise<number> {
    const provider = await start(localAhead);
    const { id: tokenId } = sandbox.createToken();
    const outs = (await provider.create({ tokenId, oldKeyExpiry })).outs as Properties;
    return Math.round((Date.parse(String(outs["oldKeyExpiresAt"])) - processHost.clock()) / MINUTE);
  }

  it("is measured by LaunchDarkly's, up to an hour, without a word", async () => {
    assert.equal(await grace("2h", -55 * MINUTE), 120);
    assert.equal(await grace("2h", 55 * MINUTE), 120);
    assert.doesNotMatch(shown.join("\n"), /clock/);
  });

  it("is measured by the local one beyond an hour, with one warning in the run", async () => {
    sandbox.clock.move(-3 * HOUR);
    const provider = await start();
    for (const { id: tokenId } of [sandbox.createToken(), sandbox.createToken()]) {
      const outs = (await provider.create({ tokenId, oldKeyExpiry: "1h" })).outs as Properties;
      const left = Date.parse(String(outs["oldKeyExpiresAt"])) - processHost.clock();
      assert.ok(left > 55 * MINUTE && left <= HOUR, String(left));
    }
    const warnings = shown.filter((line) => line.includes("clock"));
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? "",
      /^warning: Clocks differ: LaunchDarkly's answers are dated 3 hours behind this machine's clock\./,
    );
  });

  it("is not over before it begins by either", async () => {
    assert.equal(await grace("10m", 30 * MINUTE), 40, "ten minutes by the local clock");
  });

  it("is not begun for an instant that has passed by either", async () => {
    const instant = new Date(processHost.clock() + 10 * MINUTE).toISOString();
    await assert.rejects(grace(instant, 30 * MINUTE), { message: /oldKeyExpiry is .*, which has passed/ });
    assert.ok(!sandbox.requests.some(({ route }) => route === RESET));
  });
});
