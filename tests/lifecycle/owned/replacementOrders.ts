/** The orders in which the engine makes and deletes when it replaces a resource that owns its records. */
import assert from "node:assert/strict";

import type { EachOwned } from "../../support/eachOwned";
import { stored } from "../../support/inProcessProvider";
import type { Properties } from "../../support/providerProcess";

/** The ids of the previous tokens in a state. */
export const previousOf = (state: Properties) => (state["previousTokens"] as { id: string }[]).map(({ id }) => id);

/** The inputs of the resource below another parent. */
export const movedOf = (news: Properties): Properties => {
  return { ...news, owner: String(news["owner"]).replace("pulumi-nodejs:", "my:index:Team$pulumi-nodejs:") };
};

export const MOVED = "by one with other parents, which was moved without an alias";

type Replace = (test: Steps, state: Properties, edited: Properties) => Promise<Properties>;

/** What these orders take of a test. */
type Steps = Pick<EachOwned, "provider" | "inputs" | "fail" | "routes">;

/** How the engine replaces a resource: what it calls before the creation differs. */
export const orders = {
  "because what can't be changed of it is another": async ({ provider, inputs }, state, edited) => {
    const methods = await provider();
    await methods.check(inputs(), edited);
    await methods.diff("", state, edited);
    await methods.check({}, edited);
    const made = await methods.create(edited);
    await methods.delete("", state);
    return stored(made.outs);
  },
  // Source: resource/deploy/step_generator.go, isTargetedReplace: neither olds nor a diff.
  "by --replace or a taint": async ({ provider }, state, edited) => {
    const methods = await provider();
    await methods.check({}, edited);
    const made = await methods.create(edited);
    await methods.delete("", state);
    return stored(made.outs);
  },
  "with deleteBeforeReplace": async ({ provider, inputs }, state, edited) => {
    const methods = await provider();
    await methods.check(inputs(), edited);
    await methods.diff("", state, edited);
    await methods.delete("", state);
    await methods.check({}, edited);
    return stored((await methods.create(edited)).outs);
  },
  "by a run that was killed before it could delete the old one": async ({ provider }, state, edited) => {
    const methods = await provider();
    await methods.check({}, edited);
    const outs = stored((await methods.create(edited)).outs);
    const next = await provider();
    await next.check(edited, edited);
    await next.diff("", outs, edited);
    await next.delete("", state);
    return outs;
  },
  "by runs whose deletion was refused, or killed": async ({ provider, fail, routes }, state, edited) => {
    const methods = await provider();
    await methods.check({}, edited);
    let outs = stored((await methods.create(edited)).outs);
    for (let runs = 1; runs <= 3; runs++) {
      const next = await provider();
      await next.check(edited, edited);
      if ((await next.diff("", outs, edited)).changes) outs = stored((await next.update("", outs, edited)).outs);
      if (runs === 2) fail(routes.change, 401);
      if (runs === 2) await assert.rejects(next.delete("", state), { message: /Not destroyed: / });
      if (runs === 3) await next.delete("", state);
    }
    return outs;
  },
  [MOVED]: async ({ provider }, state, edited) => {
    const methods = await provider();
    const moved = movedOf(edited);
    await methods.check({}, moved);
    const made = await methods.create(moved);
    await methods.delete("", state);
    return stored(made.outs);
  },
  [`${MOVED}, by a run that was killed before it could delete the old one`]: async ({ provider }, state, edited) => {
    const methods = await provider();
    const moved = movedOf(edited);
    await methods.check({}, moved);
    const outs = stored((await methods.create(moved)).outs);
    const next = await provider();
    await next.check(moved, moved);
    await next.diff("", outs, moved);
    const updated = stored((await next.update("", outs, moved)).outs);
    await next.delete("", state);
    return updated;
  },
} satisfies Record<string, Replace>;
