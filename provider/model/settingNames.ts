/**
 * How the core names a setting of the stack. Each host has its own name for it, so a text has a placeholder, and the name
 * takes its place where the text leaves the core: in lifecycle/lifecycleOf.ts, in the log of run/run.ts and in lookup.
 */

/** The settings by what all hosts call them. */
export const SETTINGS = ["accessToken", "apiHost", "httpTimeout"] as const;

type Setting = (typeof SETTINGS)[number];

/** The placeholder of each. */
export const SETTING = Object.fromEntries(SETTINGS.map((name) => [name, `⟨${name}⟩`])) as Readonly<
  Record<Setting, string>
>;

const PLACEHOLDER = new RegExp(`⟨(${SETTINGS.join("|")})⟩`, "g");

/**
 * A text as people see it.
 *
 * @param namespace of the host's settings, such as `launchdarkly`
 */
export function withSettingNames(text: string, namespace: string): string {
  return text.replace(PLACEHOLDER, `${namespace}:$1`);
}
