/** Holds a run to one resource for each credential: two would end each other's keys at every rotation. */
import { describeDuplicate } from "../../messages/duplicate";

interface Claim {
  readonly urn: string;
  /** Whether the resource was there before the run. */
  readonly isThere: boolean;
}

export interface Claims {
  /**
   * Claims a credential. Of two resources, the one that is in the state keeps it, whichever is asked about first.
   *
   * @param credential what tells it from all others
   * @returns why another resource has it; undefined if it is the resource's own
   */
  claim(credential: readonly string[], resource: Claim, className: string): string | undefined;
  clear(): void;
}

export function createClaims(): Claims {
  const claims = new Map<string, Claim>();
  return {
    claim(credential, resource, className) {
      const key = JSON.stringify(credential);
      const first = claims.get(key);
      if (first === undefined || first.urn === resource.urn || (resource.isThere && !first.isThere)) {
        claims.set(key, { ...resource, isThere: resource.isThere || (first?.urn === resource.urn && first.isThere) });
        return undefined;
      }
      const [, ...identity] = credential;
      const [second, other] = [{ className, name: nameIn(resource.urn) }, claimantIn(first.urn)];
      return describeDuplicate(identity, second, other);
    },
    clear() {
      claims.clear();
    },
  };
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function claimantIn(urn: string) {
  const [, , types = ""] = urn.split("::");
  return { className: types.slice(types.lastIndexOf(":") + 1), name: nameIn(urn) };
}
