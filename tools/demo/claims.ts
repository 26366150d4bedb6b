/** What the demo claims, and whether it was so. */
import type { Sandbox } from "../../sandbox/sandbox";
import type { Death } from "./consumer";
import { type DemoCredential, resetsOf } from "./credentials";

/** What the demo saw while it ran. */
export interface Seen {
  readonly graceSeconds: number;
  /** The exit statuses of the commands. */
  readonly statuses: readonly (number | null)[];
  /** How often the SDK key had been reset after the first run. */
  readonly resetsAtFirst: number;
  /** What the preview printed. */
  readonly previewed: string;
  readonly deaths: readonly Death[];
}

export type Claim = readonly [text: string, holds: boolean];

export function claims(sandbox: Sandbox, token: DemoCredential, sdkKey: DemoCredential, seen: Seen): Claim[] {
  const { graceSeconds, statuses, resetsAtFirst, previewed, deaths } = seen;
  const [tokenResets, sdkKeyResets] = [token, sdkKey].map((credential) => resetsOf(credential, sandbox).length);
  const resets = sandbox.requests.filter(({ hasReset }) => hasReset).length;
  const expiries = new Map([token, sdkKey].flatMap(({ keys }) => keys().map((key) => [key.value, key.expiresAt])));
  return [
    ["every command succeeded", statuses.every((status) => status === 0)],
    [
      "the first pulumi up took the SDK key over and did not reset it",
      // The server switched once, after the second run: the key that the stack had before was its own.
      resetsAtFirst === 0 && sdkKey.consumer.uses.length === 2,
    ],
    [
      "the preview said of both why they rotate, and what happens to their old keys",
      ["AccessTokenRotation", "SdkKeyRotation"].every((className) => {
        const announcement = `${className} \\(\\S+\\):\\n +Will reset: triggers\\.quarter changed\\. The current key \\(ending in \\w{4}\\) keeps working for ${graceSeconds} seconds\\.`;
        return new RegExp(announcement).test(previewed);
      }),
    ],
    ["the access token was reset twice, the SDK key once", tokenResets === 2 && sdkKeyResets === 1 && resets === 3],
    [
      "no call of the CI job and no call of the server was rejected",
      [token, sdkKey].every(({ consumer }) => consumer.calls() > 0 && consumer.rejected() === 0),
    ],
    [
      "the three old keys were accepted up to their expiry and refused from then on",
      deaths.length === 3 &&
        deaths.every(({ key, lastAccepted, firstRefused }) => {
          const expiry = expiries.get(key) ?? Number.NaN;
          return lastAccepted > 0 && lastAccepted < expiry && firstRefused >= expiry;
        }),
    ],
  ];
}
