/** The lifecycle of the resources of a class, from the port of its credential. */
import { UserError } from "../messages/words";
import type { Credential } from "../model/credential";
import { replaceStrategy } from "../rotation/replace/strategy";
import { resetStrategy } from "../rotation/reset/strategy";
import type { Strategy } from "../rotation/strategy";
import type { Asked, Kept } from "../rotation/work";
import { create, deleteResource, update } from "./change";
import { check, givenTo } from "./check";
import { diff } from "./diff";
import { failedIn, inWordsOf, type Lifecycle, outcomeOf } from "./lifecycle";
import { importExisting, read } from "./read";

export function lifecycleOf(credential: Credential): Lifecycle {
  return credential.strategy === "reset"
    ? lifecycleWith(resetStrategy(credential))
    : lifecycleWith(replaceStrategy(credential));
}

function lifecycleWith<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
): Lifecycle {
  const { secretOutputs, owns } = strategy;
  return {
    secretOutputs,
    owns,
    nameOfInputs: (news, owner) => strategy.nameOfInputs(givenTo(strategy, { news, owner })),
    nameOfOutputs: (outputs) => strategy.nameOfOutputs(outputs),
    async check(context, request) {
      const problems = await check(strategy, context, request).catch((error: unknown) => {
        throw new UserError(failedIn(context, request, error).reason);
      });
      return problems.map((problem) => inWordsOf(context, problem));
    },
    diff: (context, request) =>
      diff(strategy, context, request).catch((error: unknown) => failedIn(context, request, error)),
    create: (context, request) => outcomeOf(context, request, create(strategy, context, request)),
    read: (context, request) => outcomeOf(context, request, read(strategy, context, request)),
    import: (context, request) =>
      importExisting(strategy, context, request).catch((error: unknown) => failedIn(context, request, error)),
    update: (context, request) => outcomeOf(context, request, update(strategy, context, request)),
    delete: (context, request) =>
      deleteResource(strategy, context, request).catch((error: unknown) => failedIn(context, request, error)),
  };
}
