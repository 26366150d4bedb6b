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
import { markIn } from "../../provider/model/mark";
import { kinds, ownedKinds } from "../support/kinds";
import { OWNER } from "../support/ownedProvider";
import type { Properties } from "../support/providerProcess";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";

const text = readFileSync(path.join(repository, "docs", "permissions.md"), "utf8");
const sections = text.split(/^## /m);

/** The policy below a heading, as it is copied into LaunchDarkly. Classes that need the same share a heading. */
function policyOf(name: string): Statement[] {
  const section =
    sections.find((one) => one.replace(/\n.*/s, "").split(" and ").includes(name)) ??
    assert.fail(`docs/permissions.md: no ## ${name}`);
  const [, json = ""] =
    /\n *```json\n(.*?)```/s.exec(section) ?? assert.fail(`docs/permissions.md: no policy below ## ${name}`);
  return z.array(statementSchema.strict()).parse(JSON.parse(json));
}

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
  /** Whether LaunchDarkly's names of its actions are known: then the page has its narrowest role. */
  readonly hasRole: boolean;
  /** Adds what the resource rotates; returns its life, and the policy for what was added. */
  prepare(sandbox: Sandbox, policy: readonly Statement[]): { readonly live: Life; readonly policy: Statement[] };
}

/** The policy for a place in the sandbox, where the page has one of an example. */
function inPlace(policy: readonly Statement[], { projectKey, environmentKey }: Properties): Statement[] {
  const place = `proj/${String(projectKey)}:env/${String(environmentKey)}`;
  return JSON.parse(JSON.stringify(policy).replaceAll("proj/my-project:env/production", place)) as Statement[];
}

const resetResources = kinds.map(({ credential: { className }, credential, rotatable }): Resource => ({
  className,
  hasRole: true,
  prepare(sandbox, policy) {
    const { identity, currentKey, firstKey } = rotatable.add(sandbox, "ci");
    return {
      policy: inPlace(policy, identity),
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

const ownedResources = ownedKinds.map(({ credential, add }): Resource => ({
  className: credential.className,
  hasRole: credential.actions.create !== undefined,
  prepare(sandbox, policy) {
    const { inputs, place = assert.fail(credential.className) } = add(sandbox, "ci");
    return {
      policy: inPlace(policy, inputs),
      async live(asked) {
        const provider = await inProcessProvider(asked, {}, { lifecycle: lifecycleOf(credential) });
        let news: Properties = { owner: OWNER, ...inputs, triggers: 1 };
        let { outs } = (await provider.create(news)) as { outs: Properties };
        const edits = Object.entries(place.edited).map(([name, value]) => ({ [name]: value }));
        for (const edit of [{ triggers: 2 }, { name: "renamed" }, ...edits, { oldKeyExpiry: "immediate" }]) {
          news = { ...news, ...edit };
          outs = (await provider.update("", outs, news)).outs as Properties;
        }
        await provider.delete("", outs);
        assert.deepEqual(
          place.records().filter(({ description = null }) => markIn(description) !== undefined),
          [],
        );
      },
    };
  },
}));

const resources = [...resetResources, ...ownedResources];
const withRole = resources.filter(({ hasRole }) => hasRole);

describe("the roles in docs/permissions.md", () => {
  for (const { className, prepare } of resources) {
    describe(`of ${className}`, () => {
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

      it("suffice", async () => {
        await liveWith(policyOf(className));
      });

      for (const action of actionsOf(policyOf(className))) {
        it(`do not suffice without ${action}`, async () => {
          await assert.rejects(liveWith(without(policyOf(className), action)), { message: /403|hides/ });
        });
      }
    });
  }

  for (const { className, prepare } of withRole) {
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

  it("are put together without an action that no resource needs", () => {
    const needed = new Set(withRole.flatMap(({ className }) => actionsOf(policyOf(className))));
    assert.deepEqual(actionsOf(policyOf(TOGETHER)).sort(), [...needed].sort(), `docs/permissions.md: ## ${TOGETHER}`);
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
    const headings = sections.flatMap((section) => section.replace(/\n.*/s, "").split(" and "));
    assert.deepEqual(
      headings.filter((heading) => /^[A-Z]\w+(?:Rotation|Token|Key)$/.test(heading)).sort(),
      resources.map(({ className }) => className).sort(),
    );
  });
});
