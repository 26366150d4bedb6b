/** Pulumi's check: which inputs are refused, and what is announced of a new resource. */
import assert from "node:assert/strict";

import { UNKNOWN_VALUE } from "../../provider/model/json";
import { version } from "../../provider/version";
import type { Properties } from "../support/providerProcess";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";

describe("check, in the dynamic-provider process", () => {
  let subject: RotationProvider;

  before(async () => {
    subject = await startRotationProvider();
  });
  after(() => subject.stop());

  it("reports every problem at once, each naming the input and what would be right", async () => {
    const { provider, newRequests } = subject;
    const { failures } = await provider.check({}, { tokenId: 7, oldKeyExpiry: "soon", verify: "yes", trigers: {} });
    assert.deepEqual(failures.sort(), [
      '|oldKeyExpiry must be a duration ("24h", "7d", "PT24H"), an instant ("2027-01-31T12:00:00Z" or epoch milliseconds) or "immediate"; a duration has one unit (ms, s, m, h, d or w) and is no longer than a century',
      '|tokenId is required: the id of the access token to rotate, a string such as "61095542756dba551110ae21"',
      `|trigers is no input of AccessTokenRotation; did you mean triggers? (its inputs: tokenId, triggers, rotateAfter, frozen, oldKeyExpiry, initialToken, verify, allowSelfRotation; version ${version} of pulumi-launchdarkly-rotation answers)`,
      "|verify must be true or false",
    ]);
    assert.deepEqual(newRequests(), []);
  });

  it("names an unknown input without control characters and without a key", async () => {
    const { provider, inputs } = subject;
    const key = "api-bbbbbbbb-0000-4000-8000-0123456789cd";
    const { failures } = await provider.check({}, inputs({ [`\u001b[2J\u202e${key}\r`]: 1 }));
    assert.match(failures.join(), /^\|api-…89cd is no input of AccessTokenRotation \(/);
  });

  it("says what a rotateAfter and an initialToken must be, and repeats neither", async () => {
    const { provider, inputs } = subject;
    const failures = async (more: Properties) => (await provider.check({}, inputs(more))).failures;
    const duration = '|rotateAfter must be a duration such as "90d", "12w" or "P90D"';
    assert.deepEqual(await failures({ rotateAfter: 90 }), [duration]);
    assert.deepEqual(await failures({ rotateAfter: "3 months" }), [
      `${duration}; it has one unit (ms, s, m, h, d or w) and is no longer than a century`,
    ]);
    assert.deepEqual(await failures({ initialToken: "sdk-1234-5678" }), [
      "|initialToken is a key of another kind; it must be the key of the access token (api-…)",
    ]);
    for (const initialToken of ["", "ab12", "api-1234 5678", "api-1234\n"]) {
      assert.deepEqual(await failures({ initialToken }), [
        "|initialToken must be the whole key that is in use now (api-…), without blanks; to reset the token, leave it out",
      ]);
    }
    assert.ok(!provider.written().includes("sdk-1234"));
  });

  it("refuses a capital M, which is months elsewhere, and names both readings", async () => {
    const { provider, inputs } = subject;
    for (const input of ["rotateAfter", "oldKeyExpiry"]) {
      for (const value of ["3M", "1 M", "1.5M"]) {
        assert.deepEqual((await provider.check({}, inputs({ [input]: value }))).failures, [
          `|${input} has the unit M, which could be minutes or months: write "m" for minutes, and months as days, such as "90d"`,
        ]);
      }
      for (const value of ["3m", "24H", "7D", "2W", "PT3M"]) {
        assert.deepEqual((await provider.check({}, inputs({ [input]: value }))).failures, [], value);
      }
    }
  });

  const instant = { oldKeyExpiry: "2099-01-01T00:00:00Z" };
  const age = { rotateAfter: "90d" };
  const both = { ...instant, ...age };
  const schedules: [what: string, olds: Properties | undefined, news: Properties, isWarned: boolean][] = [
    ["at set-up", undefined, both, true],
    ["when rotateAfter is added later", instant, both, true],
    ["when rotateAfter is edited", { ...instant, rotateAfter: "30d" }, both, true],
    ["when oldKeyExpiry becomes an instant", { ...age, oldKeyExpiry: "24h" }, both, true],
    ["when oldKeyExpiry becomes another instant", { ...age, oldKeyExpiry: "2098-01-01T00:00:00Z" }, both, true],
    ["at every up", both, both, false],
    ["without rotateAfter", undefined, instant, false],
    ["without an instant", undefined, { ...age, oldKeyExpiry: "24h" }, false],
    ["when oldKeyExpiry becomes a duration again", both, { ...age, oldKeyExpiry: "24h" }, false],
  ];
  for (const [what, olds, news, isWarned] of schedules) {
    it(`${isWarned ? "warns" : "does not warn"} of an instant that rotateAfter will outlive ${what}`, async () => {
      const { provider, inputs } = subject;
      provider.shown.length = 0;
      await provider.check(olds === undefined ? {} : inputs(olds), inputs(news));
      const warnings = provider.shown.filter((message) => /^warning: Will fail one day/.test(message));
      assert.equal(warnings.length, isWarned ? 1 : 0);
    });
  }

  it("announces that a key is taken over, whatever the expiry that its first rotation will use", async () => {
    const { provider, token, inputs } = subject;
    provider.shown.length = 0;
    for (const initialToken of [token.key, UNKNOWN_VALUE]) {
      const news = inputs({ initialToken, oldKeyExpiry: "2020-01-01T00:00:00Z" });
      assert.deepEqual((await provider.check({}, news)).failures, []);
    }
    const taken = `info: Will take over (access token ${token.id}): the key given as initialToken, without a reset.`;
    assert.deepEqual(provider.shown, [taken, taken]);
  });

  it("refuses a key in the place of the id, and does not repeat it", async () => {
    const key = "api-9a2c1c3e-0000-4000-8000-0123456789ab";
    const { failures } = await subject.provider.check({}, subject.inputs({ tokenId: key }));
    assert.deepEqual(failures, [
      "|tokenId must be the id of the access token, not a key; LaunchDarkly shows the id in the token's URL",
    ]);
    assert.ok(!subject.provider.written().includes(key));
  });

  it("refuses an id that is no text, whatever it says of its own text", async () => {
    const { provider, inputs } = subject;
    const { failures } = await provider.check(inputs(), inputs({ tokenId: { toString: [] } }));
    assert.match(failures.join(), /^\|tokenId is required: /);
  });

  it("lets values pass that are not known yet", async () => {
    const news = {
      tokenId: UNKNOWN_VALUE,
      triggers: { build: UNKNOWN_VALUE },
      oldKeyExpiry: UNKNOWN_VALUE,
      rotateAfter: UNKNOWN_VALUE,
      verify: UNKNOWN_VALUE,
      allowSelfRotation: UNKNOWN_VALUE,
    };
    const { failures, inputs } = await subject.provider.check({}, news);
    assert.deepEqual(failures, []);
    assert.match(
      String(subject.provider.shown.at(-1)),
      /^info: Will reset \(access token of an id that is not known yet\): first/,
    );
    const { __provider, ...rest } = inputs;
    assert.equal(typeof __provider, "string");
    assert.deepEqual(rest, news);
  });

  it("warns at set-up of a schedule whose graces overlap, and not again", async () => {
    const { provider, inputs } = subject;
    const overlapping = inputs({ oldKeyExpiry: "48h", rotateAfter: "1d" });
    provider.shown.length = 0;
    await provider.check(inputs(), overlapping);
    assert.match(
      provider.shown.join(),
      /^warning: Graces overlap .*: rotateAfter \(1 day\) is shorter than oldKeyExpiry \(2 days\)/,
    );
    provider.shown.length = 0;
    await provider.check(overlapping, overlapping);
    assert.deepEqual(provider.shown, []);
  });

  it("announces the first reset and the end of the old key", async () => {
    const { provider, token, inputs } = subject;
    provider.shown.length = 0;
    await provider.check({}, inputs());
    await provider.check({}, inputs({ oldKeyExpiry: "immediate" }));
    await provider.check({}, inputs({ oldKeyExpiry: "2099-01-31T12:00:00+01:00" }));
    const instead = "To keep the key, give initialToken, or aliases after a rename.";
    const reset = `Will reset (access token ${token.id}): first rotation by this stack.`;
    assert.deepEqual(provider.shown, [
      `info: ${reset} The current key keeps working for 1 hour. ${instead}`,
      `warning: ${reset} The current key dies at once. ${instead}`,
      `info: ${reset} The current key keeps working until 2099-01-31T11:00:00.000Z. ${instead}`,
    ]);
  });

  it("warns when oldKeyExpiry is left out", async () => {
    const { provider, token } = subject;
    provider.shown.length = 0;
    await provider.check({}, { tokenId: token.id });
    assert.equal(provider.shown.length, 1);
    assert.match(
      String(provider.shown[0]),
      /^warning: .* The current key dies at once, because oldKeyExpiry is not set/,
    );
  });

  it("says nothing of a resource that exists already", async () => {
    const { provider, inputs } = subject;
    provider.shown.length = 0;
    await provider.check(inputs(), inputs({ triggers: { a: 2 } }));
    assert.deepEqual(provider.shown, []);
  });

  it("refuses an instant that has passed when the resource is new, and not when it exists", async () => {
    const { provider, inputs } = subject;
    const passed = inputs({ oldKeyExpiry: "2020-01-01T00:00:00Z" });
    const { failures } = await provider.check({}, passed);
    assert.equal(failures.length, 1);
    assert.match(String(failures[0]), /^\|oldKeyExpiry is 2020-01-01T00:00:00\.000Z, which has passed \(it is 20/);
    assert.deepEqual((await provider.check(inputs(), passed)).failures, []);
  });

  it("reports a bad configuration, with all its problems and without the key", async () => {
    const broken = await startRotationProvider({
      config: {
        "launchdarkly:apiHost": "http://launchdarkly.example.com",
        "launchdarkly:accessToken": "sdk-5b1c1c3e-0000-4000-8000-0123456789ab",
      },
    });
    try {
      const { failures } = await broken.provider.check({}, broken.inputs());
      assert.deepEqual(failures, [
        "|launchdarkly:accessToken (or LAUNCHDARKLY_ACCESS_TOKEN) is a key of another kind; it must be an API access token (api-…)",
        "|launchdarkly:apiHost (or LAUNCHDARKLY_API_HOST) must use https, or the keys would cross the network readable to all",
      ]);
    } finally {
      await broken.stop();
    }
  });
});
