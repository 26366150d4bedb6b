/** Says that a run works elsewhere than where a credential lives, how to go back, and how to move on purpose. */
import type { Home } from "../model/home";
import { printable } from "../model/printable";
import { SETTING } from "../model/settingNames";

/**
 * @param home where the credential lives
 * @param here where the run works
 * @param differs in what they differ
 */
export function describeElsewhere(home: Home, here: Home, differs: "host" | "account"): string {
  const [was, is] = differs === "host" ? [home.host, here.host] : [home.accountId ?? "", here.accountId ?? ""];
  const verdict =
    differs === "host"
      ? `Another LaunchDarkly: the state is of ${printable(was)}, and ${SETTING.apiHost} says ${is}.`
      : `Another account: the state is of LaunchDarkly's account ${printable(was)}, and the key of ${SETTING.accessToken} is of account ${is}.`;
  const back =
    differs === "host"
      ? `set ${SETTING.apiHost} to ${printable(was)}, with a key from there as ${SETTING.accessToken}`
      : `set ${SETTING.accessToken} to a key of that account`;
  return `${verdict} Nothing was changed. To go back, ${back}, and run pulumi up without --refresh: a refresh and a destroy use the settings of the last pulumi up. To move on purpose, run pulumi state delete <urn>, and then pulumi up: what the stack has at LaunchDarkly stays there as it is.`;
}
