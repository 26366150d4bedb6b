/** How the account changes in a cycle of the chaos run: what LaunchDarkly knows of ends, and how many tokens it allows. */
import type { LoggedRequest } from "../../../sandbox/requestLog";
import type { Sandbox } from "../../../sandbox/sandbox";
import { CREATE } from "../../support/ownedProvider";
import type { OwnedPlan } from "./plan";

export function openAccount({ openQuestions, store }: Sandbox, plan: OwnedPlan | undefined): void {
  if (plan === undefined) return;
  const { knowsTokenExpiry, acceptsPastTokenExpiry, replacesWhatIsAbsent, spareTokens } = plan.account;
  // LaunchDarkly may learn what an expiry is. It does not forget one.
  if (knowsTokenExpiry || store.all().every(({ expiry }) => expiry === undefined)) {
    openQuestions.knowsTokenExpiry = knowsTokenExpiry;
  }
  openQuestions.acceptsPastTokenExpiry = acceptsPastTokenExpiry;
  openQuestions.replacesWhatIsAbsent = replacesWhatIsAbsent;
  openQuestions.tokenLimit = store.all().length + (spareTokens ?? Infinity);
}

/** As a person does who reads that the account is full. */
export function liftLimit({ openQuestions }: Sandbox): void {
  openQuestions.tokenLimit = Infinity;
}

export function meetsLimit({ route, status, fault }: LoggedRequest): boolean {
  return route === CREATE && status === 400 && fault === undefined;
}
