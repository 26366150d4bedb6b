/** The keys after a cycle: those in the state, those that must be dead or alive, and none in plain text. */
import type { Sandbox } from "../../sandbox/sandbox";
import type { Workspace } from "../../tools/stack/workspace";
import { plainTexts } from "../support/plainTexts";
import { type ChaosCredential, hasGrace } from "./credentials";
import type { Plan } from "./plan";

export interface KeyAfterCycle {
  /** In the state; empty if there is none. */
  readonly key: string;
  readonly isDue: boolean;
  /** How often the credential was reset. */
  readonly resets: number;
  /** Whether a second reset leaves an older grace of this kind as it is. */
  readonly keepsOlderGrace: boolean;
}

export function wrongKeys(
  { name, kind, credential, held }: ChaosCredential,
  { leavesGrace }: Plan,
  { key, isDue, resets, keepsOlderGrace }: KeyAfterCycle,
): string[] {
  const violations: string[] = [];
  if (!credential.accepts(key)) violations.push(`the state's key of ${name} does not authenticate`);
  if (kind.credential.isReadable && key !== credential.currentKey()) {
    violations.push(`the state's key of ${name} is not the current one`);
  }
  if (isDue === (key === held)) violations.push(`the state's key of ${name} is ${isDue ? "the old" : "another"} one`);
  if (!isDue) return violations;
  const isHeldAlive = credential.accepts(held);
  const hasOwnGrace = leavesGrace && hasGrace(kind);
  if (hasOwnGrace && !isHeldAlive && (resets <= 1 || keepsOlderGrace)) {
    violations.push(`the consumer's key of ${name} died during the grace`);
  }
  if (!hasOwnGrace && isHeldAlive) violations.push(`the old key of ${name} works, though no grace was asked for`);
  return violations;
}

/**
 * Keys in plain text in what the CLI printed, or in any file of the stack.
 *
 * @param gone keys that the sandbox does not know any more
 */
export function plaintextKeys(
  sandbox: Sandbox,
  workspace: Workspace,
  printed: string,
  gone: readonly string[],
): string[] {
  const places = plainTexts(workspace, printed, [...sandbox.store.everyKey(), ...gone]);
  return places.length > 0 ? ["a key in plain text"] : [];
}
