/** What a second reset does to the grace of an older key. */
import type { Sandbox } from "../../sandbox/sandbox";
import type { Kind } from "./kinds";

/**
 * Whether a second reset leaves an older grace as it was, where LaunchDarkly's description does not say the contrary.
 * Found out by trying, on a credential that nobody uses.
 */
export function keepsOlderGrace({ rotatable }: Kind, sandbox: Sandbox): boolean {
  const credential = rotatable.add(sandbox, "a trial");
  const expiry = sandbox.clock.now() + 3_600_000;
  credential.resetElsewhere(expiry);
  credential.resetElsewhere(expiry);
  const isKept = credential.accepts(credential.firstKey);
  credential.remove();
  return isKept;
}
