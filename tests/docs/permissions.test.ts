/** The roles of docs/permissions.md: each suffices for its resource, and for less without any one of its actions. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type Statement, statementSchema } from "../../sandbox/statement";
import { repository } from "../../tools/stack/workspace";
import { inProcessProvider } from "../support/inProcessProvider";
import type { ReplaceCredential } from "../../provider/model/credential";
import { credentialsOfStacks, kinds } from "../support/kinds";
import { OWNER } from "../support/ownedProvider";
import type { Properties } from "../support/providerProcess";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";

const text = readFileSync(path.join(repository, "docs", "permissions.md"), "utf8");
const sections = text.split(/^## /m);

/** The policy below the heading of a class, as it is copied into LaunchDarkly. */
function policyOf(className: string): Statement[] {
  const section =
    sections.find((one) => one.startsWith(`${className}\n`)) ?? assert.fail(`docs/permissions.md: no ## ${className}`);
  const [, json = ""] =
    /\n *```json\n(.*?)```/s.exec(section) ?? assert.fail(`docs/permissions.md: no policy of ${className}`);
  return z.array(statementSchema.strict()).parse(JSON.parse(json));
}

/** The heading of the policy for keys beside the default ones: LaunchDarkly's actions for them are not known. */
const OWNED_KEYS = "RotatingSdkKey and RotatingMobileKey";

/** The heading of the policy for a stack that has all resources. */
const TOGETHER = "All resources together";

const actionsOf = (policy: readonly Statement[]) => policy.flatMap(({ actions = [] }) => actions);

function without(policy: readonly Statement[], action: string): Statement[] {
  return policy.map((one) => ({ ...one, actions: one.actions?.filter((other) => other !== action) }));
}

/** What a resource does from its first `up` to its end. @throws where LaunchDarkly refuses it */
type Life = (sandbox: Sandbox) => Promise<void>;

interface Resource {
  readonly className: string;
  /** Adds what the resource rotates; returns its life, and the policy for what was added. */
  prepare(sandbox: Sandbox, policy: readonly Statement[]): { readonly live: Life; readonly policy: Statement[] };
}

const resetInPlace = kinds.map(({ credential: { className }, credential, rotatable }): Resource => ({
  className,
  prepare(sandbox, policy) {
    const { identity, currentKey, firstKey } = rotatable.add(sandbox, "ci");
    const { projectKey = "", environmentKey = "" } = identity;
    const own = JSON.stringify(policy).replaceAll(
      "proj/my-project:env/production",
      `proj/${projectKey}:env/${environmentKey}`,
    );
    return {
      policy: JSON.parse(own) as Statement[],
      async live(asked) {
        const { create, update } = await inProcessProvider(asked, {}, { port: credential });
        const outs = (await create({ ...identity, triggers: 1 })).outs as Properties;
        const rotated = await update("", outs, { ...identity, triggers: 2 });
        assert.equal((rotated.outs as Properties)[credential.outputs.key], currentKey());
        assert.notEqual(currentKey(), firstKey);
      },
    };
  },
}));

const owned: Resource = {
  className: "RotatingAccessToken",
  prepare: (_, policy) => ({
    policy: [...policy],
    async live(asked) {
      const provider = await inProcessProvider(asked, {}, { lifecycle: lifecycleOf(rotatingAccessToken) });
      let inputs: Properties = { owner: OWNER, name: "ci", role: "writer", triggers: 1 };
      let { outs } = (await provider.create(inputs)) as { outs: Properties };
      for (const edit of [
        { triggers: 2 },
        { name: "renamed" },
        { description: "described" },
        { role: "reader" },
        { oldKeyExpiry: "immediate" },
      ]) {
        inputs = { ...inputs, ...edit };
        outs = (await provider.update("", outs, inputs)).outs as Properties;
      }
      await provider.delete("", outs);
      assert.deepEqual(
        asked.store.all().filter(({ name }) => name === "renamed" || name === "ci"),
        [],
      );
    },
  }),
};

/** The life of a key that the stack owns, with the policy of the page. */
async function liveOfOwnedKey(sandbox: Sandbox, credential: ReplaceCredential): Promise<void> {
  const environment = sandbox.createEnvironment({ projectKey: "my-project", key: "production" });
  const { key } = sandbox.createToken({ name: "the stack's", inlineRole: policyOf(OWNED_KEYS) });
  const asked = { ...sandbox, adminKey: key };
  const provider = await inProcessProvider(asked, {}, { lifecycle: lifecycleOf(credential) });
  const { projectKey, environmentKey } = environment;
  let inputs: Properties = { owner: OWNER, name: "shop", projectKey, environmentKey, triggers: 1 };
  let { outs } = (await provider.create(inputs)) as { outs: Properties };
  for (const edit of [{ triggers: 2 }, { name: "renamed" }, { oldKeyExpiry: "immediate" }]) {
    inputs = { ...inputs, ...edit };
    outs = (await provider.update("", outs, inputs)).outs as Properties;
  }
  await provider.delete("", outs);
  assert.ok(sandbox.additionalKeys.all(environment).every(({ isDeleted }) => isDeleted));
}

describe("the roles in docs/permissions.md", () => {
  for (const { className, prepare } of [...resetInPlace, owned]) {
    let sandbox: Sandbox;
    beforeEach(async () => {
      sandbox = await startSandbox();
    });
    afterEach(() => sandbox.stop());

    /** The life of the resource with an admin key of this policy. */
    const liveWith = async (policy: readonly Statement[]) => {
      const { live, policy: inlineRole } = prepare(sandbox, policy);
      const { key } = sandbox.createToken({ name: "the stack's", inlineRole });
      await live({ ...sandbox, adminKey: key });
    };

    it(`suffice for ${className}`, async () => {
      await liveWith(policyOf(className));
    });

    for (const action of actionsOf(policyOf(className))) {
      it(`do not suffice for ${className} without ${action}`, async () => {
        const message = new RegExp(`403|hides|${action}`);
        await assert.rejects(liveWith(without(policyOf(className), action)), { message });
      });
    }
  }

  for (const { className, prepare } of [...resetInPlace, owned]) {
    it(`suffice for ${className}, put together as the page has them, beside what it denies`, async () => {
      const sandbox = await startSandbox();
      try {
        const denied = policyOf("What such a role can still do");
        const { live, policy } = prepare(sandbox, [...policyOf(TOGETHER), ...denied]);
        const { key } = sandbox.createToken({ name: "the stack's", inlineRole: policy });
        await live({ ...sandbox, adminKey: key });
      } finally {
        await sandbox.stop();
      }
    });
  }

  for (const credential of credentialsOfStacks.filter(({ isAccessToken }) => !isAccessToken)) {
    it(`suffice for ${credential.className}, as far as anybody knows`, async () => {
      const sandbox = await startSandbox();
      try {
        await liveOfOwnedKey(sandbox, credential);
      } finally {
        await sandbox.stop();
      }
    });
  }

  it("are put together without an action that no resource needs", () => {
    const needed = new Set([...resetInPlace, owned].flatMap(({ className }) => actionsOf(policyOf(className))));
    assert.deepEqual(actionsOf(policyOf(TOGETHER)).sort(), [...needed].sort());
  });

  it("can create a token with the Admin role on the stand-in, as the page warns", async () => {
    const sandbox = await startSandbox();
    try {
      const { key } = sandbox.createToken({ name: "the stack's", inlineRole: policyOf("RotatingAccessToken") });
      const body = JSON.stringify({ name: "escalated", role: "admin", serviceToken: true });
      const headers = { Authorization: key, "Content-Type": "application/json" };
      const { status } = await fetch(`${sandbox.url}/api/v2/tokens`, { method: "POST", headers, body });
      assert.equal(status, 201);
    } finally {
      await sandbox.stop();
    }
  });

  it("create no token that may do more than the admin key, where LaunchDarkly reads roles so", async () => {
    const sandbox = await startSandbox({ openQuestions: { grantsMoreThanOwn: false } });
    try {
      const { key } = sandbox.createToken({ name: "the stack's", inlineRole: policyOf("RotatingAccessToken") });
      const { create } = await inProcessProvider(
        { ...sandbox, adminKey: key },
        {},
        { lifecycle: lifecycleOf(rotatingAccessToken) },
      );
      const inputs = { owner: OWNER, name: "ci", role: "writer" };
      await assert.rejects(create(inputs), {
        message: /^Not created \(ci\): .*403 forbidden.* Nothing was changed\.$/,
      });
      assert.ok((await create({ ...inputs, role: "reader" })).id);
    } finally {
      await sandbox.stop();
    }
  });

  it("are all that the page shows for a resource", () => {
    const shown = sections.filter((section) => /^(?:[A-Z]\w+(?:Rotation|Token|Key)(?: and )?)+\n/.test(section));
    assert.equal(shown.length, resetInPlace.length + 2);
  });
});
