/** Rate limits of LaunchDarkly, through the SDK's real process. */
import assert from "node:assert/strict";

import { CONCURRENCY } from "../../provider/client/limits";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";
import { RESET } from "../support/routes";

const WINDOW_MS = 10_000;

describe("rate limits, in the dynamic-provider process", () => {
  let subject: RotationProvider;

  beforeEach(async () => {
    // With some latency, so that requests overlap if they may.
    subject = await startRotationProvider({ sandbox: { latencyMs: 50 } });
    // The sandbox's windows open on the full ten seconds of its clock: begin just before one, to wait but shortly.
    const { clock } = subject.sandbox;
    clock.move(WINDOW_MS - (clock.now() % WINDOW_MS) - 2_000);
  });
  afterEach(() => subject.stop());

  it("hold all requests back until the window opens, and no reset is sent in vain", async () => {
    const { sandbox, provider, inputs } = subject;
    const tokens = Array.from({ length: 6 }, (_, index) => sandbox.createToken({ name: `t${index}` }));
    for (const { id } of tokens) await provider.check({}, inputs({ tokenId: id }));
    sandbox.rateLimiter.limits = { routes: { [RESET]: 4 } };
    const states = await Promise.all(tokens.map(({ id }) => provider.create(inputs({ tokenId: id }))));
    for (const { id, outs } of states) assert.equal(outs["token"], sandbox.store.find(id)?.keys[0].value);
    const resets = sandbox.requests.filter(({ route }) => route === RESET);
    assert.equal(resets.filter(({ status }) => status === 200).length, 6);
    // Those that were under way when the window was used up may meet a 429, no other ones.
    assert.ok(resets.length <= 6 + 3, `${resets.length} resets sent`);
    const windows = new Set(resets.filter(({ status }) => status === 200).map(({ at }) => Math.floor(at / WINDOW_MS)));
    assert.equal(windows.size, 2);
    assert.match(
      provider.shown.join("\n"),
      /info: Held up: waiting \d+ s for LaunchDarkly's rate limit, \d of 6 rotated/,
    );
  });

  it("are waited out as often as it takes", async () => {
    const { sandbox, provider, inputs, currentKey, newRequests } = subject;
    const headers = { "Retry-After": "0" };
    sandbox.faults.add({ route: RESET, when: "before", times: 7, fault: { kind: "status", status: 429, headers } });
    const { outs } = await provider.create(inputs());
    assert.equal(outs["token"], currentKey());
    assert.equal(newRequests().filter((route) => route === RESET).length, 8);
  }).timeout(120_000);

  it("are kept by all resources together: no more requests are under way at once than the bound says", async () => {
    const { sandbox, provider, inputs } = subject;
    sandbox.clock.move(3_000);
    const tokens = Array.from({ length: 2 * CONCURRENCY }, () => sandbox.createToken());
    await Promise.all(tokens.map(({ id }) => provider.create(inputs({ tokenId: id }))));
    assert.ok(sandbox.mostAtOnce() > 1, "requests do run side by side");
    assert.ok(sandbox.mostAtOnce() <= CONCURRENCY, `${sandbox.mostAtOnce()} requests at once`);
  });
});
