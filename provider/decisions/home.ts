/** Tells whether a run works where a credential lives: elsewhere another one may have its id, or it looks deleted. */
import type { Home } from "../model/state";

/**
 * @param home what the state remembers; null if an older release wrote it
 * @param here where the run works, as far as it knows
 * @returns in what they differ; undefined if they do not, as far as is known
 */
export function elsewhere(home: Home | null, here: Home): "host" | "account" | undefined {
  if (home === null) return undefined;
  if (home.host !== here.host) return "host";
  const isKnown = home.accountId !== null && here.accountId !== null;
  return isKnown && home.accountId !== here.accountId ? "account" : undefined;
}

/** What the state is to remember: what is known of the account is kept where a run has not asked. */
export function notedHome(home: Home | null, here: Home): Home {
  return { ...here, accountId: here.accountId ?? home?.accountId ?? null };
}
