/** Triggers are JSON: what else a program may give is refused. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { AccessTokenRotation } from "../../provider/index";
import { jsonOnly as jsonOf } from "../../provider/hosts/dynamic/triggers";
import { beginMockedRun, endMockedRun } from "../support/mocks";

const RESOURCE = 'AccessTokenRotation "ci"';
const jsonOnly = (value: unknown) => jsonOf(value, RESOURCE);

class Point {
  constructor(readonly x: number) {}
}

/** Values that Pulumi flattens to `{}`, an id or nothing, each with what is to be written instead. */
const ODD: [what: string, value: unknown, instead: RegExp][] = [
  ["a Date", new Date(0), /a Date.* Write date\.toISOString\(\) instead/],
  ["a Map", new Map([["a", 1]]), /a Map.* Object\.fromEntries\(map\)/],
  ["a Set", new Set([1]), /a Set.* \[\.\.\.set\]/],
  ["a URL", new URL("https://example.com"), /a URL.* url\.href/],
  ["a RegExp", /x/, /a RegExp.* pattern\.source/],
  ["a function", () => 1, /a function.* what it returns/],
  ["a bigint", 1n, /a bigint.* String\(value\)/],
  ["a symbol", Symbol("s"), /a symbol/],
  ["an asset", new pulumi.asset.StringAsset("text"), /an asset.* a hash of its content/],
  ["an instance of a class", new Point(1), /an instance of a class/],
];

/** What the value is once its outputs are known. */
function known(value: unknown): Promise<unknown> {
  return (pulumi.output(value) as unknown as { promise: () => Promise<unknown> }).promise();
}

describe("triggers", () => {
  before(() => beginMockedRun());
  after(endMockedRun);

  for (const [what, value, instead] of ODD) {
    it(`are refused in the constructor with ${what} inside, naming the path and what to write instead`, () => {
      const triggers = { deploy: { at: [0, value] } } as never;
      assert.throws(() => new AccessTokenRotation(what, { tokenId: what.replace(/\W/g, ""), triggers }), {
        name: "Error",
        message: instead,
      });
      assert.throws(() => jsonOnly(triggers), /^Error: triggers\.deploy\.at\[1\] of AccessTokenRotation "ci" is /);
      assert.throws(() => jsonOnly(value), /^Error: triggers of AccessTokenRotation "ci" is /);
    });

    it(`are refused with ${what} inside an output or a promise`, async () => {
      const output = pulumi.output(0).apply(() => ({ at: value }) as never);
      const refused = jsonOnly({ deploy: output }) as { deploy: { promise: () => Promise<unknown> } };
      await assert.rejects(refused.deploy.promise(), /triggers\.deploy\.at of AccessTokenRotation "ci" is /);
      const late = jsonOnly({ deploy: Promise.resolve({ at: value }) }) as { deploy: Promise<unknown> };
      await assert.rejects(late.deploy, /triggers\.deploy\.at of AccessTokenRotation "ci" is /);
    });
  }

  for (const [what, value] of ODD.filter(([, value]) => [Date, Map, Set, URL].some((odd) => value instanceof odd))) {
    it(`are warned of with ${what} that the SDK has flattened in an output, naming the path`, async () => {
      const cases: [unknown, RegExp][] = [
        [
          { deploy: pulumi.output(value) },
          /^Perhaps no trigger: triggers\.deploy of AccessTokenRotation "ci" is an output/,
        ],
        [{ deploy: pulumi.output({ at: [value] }) }, /triggers\.deploy\.at\[0\] of /],
        [{ deploy: pulumi.all({ at: value }) }, /triggers\.deploy\.at of /],
        [pulumi.output({ at: value }), /triggers\.at of .* pulumi\.output\(date\.toISOString\(\)\)/],
      ];
      for (const [triggers, warning] of cases) {
        const warnings: string[] = [];
        await known(jsonOf(triggers, RESOURCE, (message) => void warnings.push(message)));
        assert.equal(warnings.length, 1);
        assert.match(warnings[0] ?? "", warning);
      }
    });
  }

  it("are not warned of for a class instance in an output, whose fields the SDK keeps, nor for other JSON", async () => {
    const warnings: string[] = [];
    const triggers = {
      point: pulumi.output(new Point(1)),
      empty: {},
      list: pulumi.output([]),
      map: pulumi.output({ a: 1 }),
    };
    const resolved = await known(jsonOf(triggers, RESOURCE, (message) => void warnings.push(message)));
    assert.deepEqual(resolved, { point: { x: 1 }, empty: {}, list: [], map: { a: 1 } });
    assert.deepEqual(warnings, []);
  });

  it("name a path in an error without control characters and without a key", () => {
    const name = "\u001b[2J\u202eapi-bbbbbbbb-0000-4000-8000-0123456789cd\r";
    assert.throws(
      () => jsonOnly({ [name]: new Date() }),
      /^Error: triggers\.api-…89cd of AccessTokenRotation "ci" is /,
    );
  });

  it("are refused with a resource inside", () => {
    const resource = new pulumi.ComponentResource("test:index:Thing", "thing");
    assert.throws(
      () => jsonOnly({ of: resource }),
      /triggers\.of of AccessTokenRotation "ci" is a resource.* an output of it/,
    );
  });

  it("pass as they are when they are JSON, with outputs and undefined parts inside", async () => {
    const output = pulumi.output("v1");
    const expected = { a: [1, "x", null, true, { b: { c: 2 } }], none: undefined, empty: {} };
    const { build, ...rest } = jsonOnly({ ...expected, build: output }) as {
      build: { promise: () => Promise<unknown> };
    };
    assert.deepEqual(rest, expected);
    assert.equal(await build.promise(), "v1");
    for (const value of ["2026-Q4", 7, false, null, undefined, []]) assert.deepEqual(jsonOnly(value), value);
  });
});
