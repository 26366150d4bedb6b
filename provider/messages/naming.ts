/** How messages name a credential. */
import type { Wording } from "../model/credential";
import type { Identity, State } from "../model/state";

type Named = Pick<State, "identity" | "details">;

/** Its name at LaunchDarkly, where that is known, and its id. */
export function nameOf({ identity, details: { name } }: Named): string {
  const id = idOf(identity);
  return typeof name === "string" && name !== "" ? `"${name}" (${id})` : id;
}

/** As LaunchDarkly's URLs write it. */
export function idOf(identity: Identity): string {
  return Object.values(identity).join("/");
}

/** The beginning of a sentence about it, such as `Access token "ci" (610955…)`. */
export function subject({ noun }: Wording, named: Named | string): string {
  const title = noun.charAt(0).toUpperCase() + noun.slice(1);
  return `${title} ${typeof named === "string" ? named : nameOf(named)}`;
}
