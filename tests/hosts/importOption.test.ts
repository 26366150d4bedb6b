/** The options `import` and `id`, which Pulumi can't carry out for a dynamic resource: refused, with the way to go. */
import assert from "node:assert/strict";

import type * as pulumi from "@pulumi/pulumi";

import { credentials } from "../../provider/credentials/all";
import * as rotations from "../../provider/index";
import { beginMockedRun, endMockedRun } from "../support/mocks";

type Class = new (name: string, args: object, options?: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** What the message names instead: the inputs of the port that take a key over. */
function wayOf(className: string): string {
  const credential =
    credentials.find((one) => one.className === className) ??
    assert.fail(`provider/credentials/all.ts has no ${className}`);
  const { initialKey, initial } = { initialKey: undefined, initial: undefined, ...credential };
  const inputs = initial === undefined ? [initialKey] : [initial.key, initial.id];
  const given = inputs.filter((name) => name !== undefined);
  if (given.length > 0) return `To take over a key that is in use, give ${given.join(" and ")}.`;
  return "Nothing has to be imported: the first pulumi up takes over the key that is in use";
}

describe("an import", () => {
  beforeEach(() => beginMockedRun());
  after(endMockedRun);

  const classes = Object.entries<unknown>({ ...rotations }).filter(([name]) => /^[A-Z]/.test(name));
  for (const [className, Class] of classes as [string, Class][]) {
    it(`is refused where the program is written, with the take-over and no stack trace: ${className}`, () => {
      for (const option of ["import", "id"]) {
        assert.throws(
          () => new Class("ci", {}, { [option]: "one" }),
          ({ message, stack }: Error) => {
            assert.ok(message.startsWith(`${className} "ci" can't have the option ${option}: `), message);
            assert.ok(message.includes(wayOf(className)), message);
            return stack === "";
          },
        );
      }
    });

    it(`is none where the option is empty: ${className}`, () => {
      new Class("ci", {}, { import: "" });
    });
  }
});
