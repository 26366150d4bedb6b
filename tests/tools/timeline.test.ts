/** The pictures of the demo: the lives of keys, in text and as SVG. */
import assert from "node:assert/strict";

import { type CredentialLife, marks, marksOf, type Timeline } from "../../tools/demo/timeline";
import { timelineSvg } from "../../tools/demo/timelineSvg";
import { timelineText } from "../../tools/demo/timelineText";

const timeline: Timeline = {
  from: 0,
  until: 10_000,
  credentials: [
    {
      name: "access token",
      user: "CI job",
      renewal: "reset",
      keys: [
        { ending: "aaaa", bornAt: 0, expiresAt: 8_000, usedFrom: 0, usedUntil: 5_000 },
        { ending: "bbbb", bornAt: 3_000, expiresAt: undefined, usedFrom: 5_000, usedUntil: undefined },
      ],
      calls: 1_234,
      rejected: 2,
    },
    {
      name: "SDK key",
      user: "server",
      renewal: "reset",
      keys: [
        { ending: "cccc", bornAt: 0, expiresAt: 9_000, usedFrom: 0, usedUntil: 6_000 },
        { ending: "dddd", bornAt: 4_000, expiresAt: undefined, usedFrom: 6_000, usedUntil: undefined },
      ],
      calls: 567,
      rejected: 0,
    },
  ],
};

/** A token that the stack owns: it makes the first one, too. */
const owned: CredentialLife = {
  name: "token of the stack",
  user: "nightly job",
  renewal: "creation",
  keys: [
    { ending: "eeee", bornAt: 1_000, expiresAt: 9_500, usedFrom: 2_000, usedUntil: 6_000 },
    { ending: "ffff", bornAt: 4_500, expiresAt: undefined, usedFrom: 6_000, usedUntil: undefined },
  ],
  calls: 89,
  rejected: 0,
};

describe("the demo's timeline", () => {
  it("tells the resets, switches and deaths of all credentials in order", () => {
    assert.deepEqual(
      marks(timeline).map(({ at, kind, key }) => [at, kind, key.ending]),
      [
        [3_000, "reset", "bbbb"],
        [4_000, "reset", "dddd"],
        [5_000, "switch", "bbbb"],
        [6_000, "switch", "dddd"],
        [8_000, "death", "aaaa"],
        [9_000, "death", "cccc"],
      ],
    );
  });

  it("draws each key's life and use below its credential, and says what was rejected", () => {
    const lines = timelineText(timeline, 62).split("\n");
    assert.equal(lines[0], "access token, used by a CI job");
    assert.equal(lines[1], `key …aaaa  ${"█".repeat(26)}${"░".repeat(14)}`);
    assert.equal(lines[2], `key …bbbb  ${" ".repeat(15)}${"░".repeat(10)}${"█".repeat(25)}`);
    assert.match(lines[3] ?? "", /^ +R +S +X$/);
    assert.equal(lines[5], "SDK key, used by a server");
    assert.match(lines[6] ?? "", /^key …cccc {2}█+░+$/);
    assert.ok(lines.includes("access token: 1234 calls by the CI job, 2 rejected"));
    assert.ok(lines.includes("SDK key: 567 calls by the server, 0 rejected"));
  });

  it("draws the same as a picture", () => {
    const svg = timelineSvg(timeline);
    assert.equal(svg.match(/class="alive"/g)?.length, 4 + 1, "a bar for each key, and one in the legend");
    assert.equal(svg.match(/<line /g)?.length, 6);
    assert.match(svg, /access token, used by a CI job/);
    assert.match(svg, /SDK key: 567 calls by the server, 0 rejected/);
  });

  it("tells how a token that the stack owns is created, twice, and draws both lives", () => {
    assert.deepEqual(
      marksOf(owned).map(({ at, kind, key }) => [at, kind, key.ending]),
      [
        [1_000, "creation", "eeee"],
        [2_000, "switch", "eeee"],
        [4_500, "creation", "ffff"],
        [6_000, "switch", "ffff"],
        [9_500, "death", "eeee"],
      ],
    );
    const lines = timelineText({ ...timeline, credentials: [owned] }, 62).split("\n");
    assert.match(lines[1] ?? "", /^key …eeee {2} +░+█+░+$/);
    assert.match(lines[2] ?? "", /^key …ffff {2} +░+█+$/);
    assert.match(lines[3] ?? "", /^ +C +S +C +S +X$/);
    assert.ok(lines.some((line) => line.endsWith("C  token of the stack: created, its key ends in ffff")));
    const svg = timelineSvg({ ...timeline, credentials: [owned] });
    assert.equal(svg.match(/>created \d/g)?.length, 2);
  });
});
