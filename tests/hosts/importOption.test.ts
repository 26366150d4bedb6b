/** The options `import` and `id`, which Pulumi can't carry out for a dynamic resource: refused, with the way to go. */
import assert from "node:assert/strict";

import type * as pulumi from "@pulumi/pulumi";

import * as rotations from "../../provider/index";
import { beginMockedRun, endMockedRun } from "../support/mocks";

type Class = new (name: string, args: object, options?: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const NOTHING = "Nothing has to be imported: the first pulumi up takes over the key that is in use";
const ways: Readonly<Record<string, string>> = {
  AccessTokenRotation: "To take over a key that is in use, give initialToken.",
  RelayProxyKeyRotation: "To take over a key that is in use, give initialKey.",
  RotatingAccessToken: "To take over a key that is in use, give initialToken and initialTokenId.",
  RotatingSdkKey: "To take over a key that is in use, give initialKeyId.",
  RotatingMobileKey: "To take over a key that is in use, give initialKeyId.",
  SdkKeyRotation: NOTHING,
  MobileKeyRotation: NOTHING,
};

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
            assert.ok(message.includes(ways[className] ?? assert.fail(className)), message);
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
