/** How the call of a host fails that has sent for a key, and what comes of it. */
import type { PlannedFault } from "../../sandbox/faults";
import type { LoggedRequest } from "../../sandbox/requestLog";
import type { AnyKind } from "../support/kinds";
import { isThorough } from "../support/thorough";
import type { Scene } from "./contractScene";

export interface PartialCell {
  /** Whether it can happen to this kind. */
  readonly concerns: (kind: AnyKind) => boolean;
  /** What happens to the request that makes the key; then all others are refused. */
  readonly fault?: Pick<PlannedFault, "when" | "fault">;
  /** How many keys are made in all. */
  readonly keys: (kind: AnyKind) => number;
}

export const PARTIAL: Readonly<Record<string, PartialCell>> = {
  "the new key can't be verified": { concerns: ({ VERIFY }) => VERIFY.length > 0, keys: () => 1 },
  "the answer with the new key is lost": {
    // One that may be sent twice is sent again, with pauses: every night. For a host it fails as the others do.
    concerns: ({ isRepeatable }) => isThorough || !isRepeatable,
    fault: { when: "after", fault: { kind: "drop" } },
    // Where LaunchDarkly shows a key once, nobody has this one.
    keys: ({ losesKeys }) => (losesKeys ? 2 : 1),
  },
  "nobody knows that no key was made": {
    // The same request is sent again where that makes no second key.
    concerns: ({ isRepeatable }) => !isRepeatable,
    fault: { when: "before", fault: { kind: "drop" } },
    keys: () => 1,
  },
};

/** Has the next request that makes a key fail so, and every other request after it. */
export function failFromKeyOn({ sandbox, kind }: Pick<Scene, "sandbox" | "kind">, { fault }: PartialCell): void {
  const { MAKE, OTHERS } = kind;
  if (fault !== undefined) sandbox.faults.add({ route: MAKE, ...fault });
  const processed = ({ route }: LoggedRequest) => {
    if (route !== MAKE) return;
    sandbox.events.off("processed", processed);
    const refused = { when: "before", times: Infinity, fault: { kind: "status", status: 403 } } as const;
    for (const other of OTHERS) sandbox.faults.add({ route: other, ...refused });
  };
  sandbox.events.on("processed", processed);
}
