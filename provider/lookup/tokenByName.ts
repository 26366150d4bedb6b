/** Picks the one token of a name. */
import type { TokenRecord } from "../credentials/tokens/token";
import { printable } from "../model/redact";
import { SETTING } from "../model/settingNames";

/** @returns the token, or why there is not exactly one */
export function tokenByName(tokens: readonly TokenRecord[], name: string): TokenRecord | { readonly problem: string } {
  const [found, ...others] = tokens.filter((token) => token.name === name);
  if (found === undefined) return { problem: noneFound(tokens, name) };
  if (others.length === 0) return found;
  const ids = [found, ...others].map(({ id, serviceToken }) => `${printable(id)}${serviceToken ? "" : " (personal)"}`);
  return {
    problem: `Several access tokens are called "${printable(name)}": ${ids.join(", ")}. Give the resource the tokenId of the one you mean, or rename the others in LaunchDarkly.`,
  };
}

function noneFound(tokens: readonly TokenRecord[], name: string): string {
  const alike = tokens.find((token) => token.name?.trim().toLowerCase() === name.trim().toLowerCase())?.name;
  const hint =
    typeof alike === "string"
      ? `There is one called "${printable(alike)}".`
      : "Personal tokens of other members are shown to a key with the Admin role only.";
  return `No access token is called "${printable(name)}" among the ${tokens.length} that the key of ${SETTING.accessToken} may see. ${hint}`;
}
