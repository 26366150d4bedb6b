/** What is said of two resources of a program that would rotate one credential. */

interface Claimant {
  readonly className: string;
  /** In the program. */
  readonly name: string;
}

/** @param identity the values by which LaunchDarkly knows the credential */
export function describeDuplicate(identity: readonly string[], second: Claimant, first: Claimant): string {
  return (
    `${second.className} "${second.name}" would rotate ${identity.join("/")}, which ${first.className} "${first.name}" rotates already. ` +
    "Each would end the other's key. Keep one of them, and use its output for both."
  );
}
