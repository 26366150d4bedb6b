/** How messages name a token. */

/** Its name at LaunchDarkly, where that is known, and its id. */
export function tokenName(tokenId: string, name: string | null | undefined): string {
  return name ? `"${name}" (${tokenId})` : tokenId;
}
