/** The texts of the stubs, held to golden copies that never change. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

import { runtime } from "@pulumi/pulumi";

import { GOLDEN_STUB, goldenStub } from "../support/goldenStubs";
import { credentialsOfStacks, kinds } from "../support/kinds";

/** The compiled module, as programs get it. */
function compiled(file: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be checked before dist/ is built
  return require(`../../dist/hosts/dynamic/${file}`);
}

/** As the SDK serializes the provider of a dynamic resource. */
async function serialized(provider: object): Promise<string> {
  return (await runtime.serializeFunction(() => provider)).text;
}

describe("the stub", () => {
  it("serializes to the same text in every release", async () => {
    const { stub } = compiled("stub.js") as { stub: object };
    assert.equal(await serialized(stub), readFileSync(GOLDEN_STUB, "utf8"));
  });

  const { stubOf } = compiled("stubOf.js") as { stubOf: (className: string) => object };
  /** The classes that `stubOf` serves. */
  const younger = kinds.map(({ credential }) => credential.className).filter((name) => name !== "AccessTokenRotation");
  for (const className of younger) {
    it(`of ${className} serializes to the same text in every release`, async () => {
      assert.equal(await serialized(stubOf(className)), goldenStub(className));
    });
  }

  for (const { className } of credentialsOfStacks) {
    it(`of ${className}, which the stack owns, serializes to the same text in every release`, async () => {
      const { stubOfOwner } = compiled("stubOfOwner.js") as { stubOfOwner: (className: string) => object };
      assert.equal(await serialized(stubOfOwner(className)), goldenStub(className));
    });
  }

  /** A stub where the package is not installed. */
  function alone(className: string) {
    const absent = (id: string): never => {
      throw Object.assign(new Error(`Cannot find module '${id}'`), { code: "MODULE_NOT_FOUND" });
    };
    Object.assign(absent, { main: { require: absent } });
    const text = goldenStub(className);
    type Stub = Record<string, (...values: unknown[]) => unknown>;
    const load = runInThisContext(`(require, exports) => { ${text} }`) as (require: unknown, exports: object) => void;
    const module: { handler?: () => Stub } = {};
    load(absent, module);
    return module.handler?.() ?? assert.fail();
  }

  for (const className of younger) {
    it(`of ${className} configures and deletes without the package, and does nothing else without it`, async () => {
      const stub = alone(className);
      await stub["configure"]?.({});
      await stub["delete"]?.("id", {});
      for (const method of ["check", "diff", "create", "read", "update"]) {
        assert.throws(() => stub[method]?.("id", {}, {}), /Cannot find module/, method);
      }
    });
  }

  it("of AccessTokenRotation, which is older, does nothing without the package", () => {
    const stub = alone("AccessTokenRotation");
    for (const method of ["configure", "check", "diff", "create", "read", "update", "delete"]) {
      assert.throws(() => stub[method]?.("id", {}, {}), /Cannot find module/, method);
    }
  });

  it("of a resource that owns its token configures without the package, and deletes nothing without it", async () => {
    const stub = alone("RotatingAccessToken");
    await stub["configure"]?.({});
    for (const method of ["check", "diff", "create", "read", "update", "delete"]) {
      assert.throws(() => stub[method]?.("id", {}, {}), /Cannot find module/, method);
    }
  });
});
