/** What the demo claims, and whether it was so. */
import type { Sandbox } from "../../sandbox/sandbox";
import type { Death } from "./consumer";
import { type DemoCredential, resetsOf } from "./credentials";
import type { Server } from "./server";

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

interface Credentials {
  readonly token: DemoCredential;
  readonly sdkKey: DemoCredential & { readonly consumer: Server };
  readonly owned: DemoCredential;
}

export function claims(sandbox: Sandbox, { token, sdkKey, owned }: Credentials, seen: Seen): Claim[] {
  const { graceSeconds, statuses, resetsAtFirst, previewed, deaths } = seen;
  const [tokenResets, sdkKeyResets] = [token, sdkKey].map((credential) => resetsOf(credential, sandbox).length);
  const resets = sandbox.requests.filter(({ hasReset }) => hasReset).length;
  const creations = sandbox.requests.filter(({ route }) => route === "POST /api/v2/tokens");
  const expiries = new Map(
    [token, sdkKey, owned].flatMap(({ keys }) => keys().map((key) => [key.value, key.expiresAt])),
  );
  return [
    ["every command succeeded", statuses.every((status) => status === 0)],
    [
      "the first pulumi up took the SDK key over and did not reset it",
      // The server switched once, after the second run: the key that the stack had before was its own.
      resetsAtFirst === 0 && sdkKey.consumer.uses.length === 2,
    ],
    [
      "the preview said of each why it rotates, and what happens to its old key",
      Object.entries({
        AccessTokenRotation: "Will reset",
        SdkKeyRotation: "Will reset",
        RotatingAccessToken: "Will rotate",
      }).every(([className, verdict]) => {
        const announcement = `${className} \\(\\S+\\):\\n +${verdict} \\(\\w+\\): triggers\\.quarter changed\\. The current key \\(ending in \\w{4}\\) keeps working for ${graceSeconds} seconds\\.`;
        return new RegExp(announcement).test(previewed);
      }),
    ],
    ["the access token was reset twice, the SDK key once", tokenResets === 2 && sdkKeyResets === 1 && resets === 3],
    [
      "the stack made two tokens of its own, and the nightly job used both",
      owned.keys().length === 2 && creations.length === 2 && owned.consumer.uses.length === 2,
    ],
    ["the first of them got its expiry only after the second was proven", isRetiredLast(sandbox)],
    [
      "no call of the CI job or the nightly job was rejected",
      [token, owned].every(({ consumer }) => consumer.calls() > 0 && consumer.rejected() === 0),
    ],
    [
      "the server, which runs LaunchDarkly's own SDK, saw every change of a flag",
      sdkKey.consumer.calls() > 0 && sdkKey.consumer.rejected() === 0,
    ],
    [
      "an instance of it that kept the old key saw none after the grace: nothing fails there, its flags freeze",
      sdkKey.consumer.isFrozenWithOldKeys(),
    ],
    [
      "the four old keys were accepted up to their expiry and refused from then on",
      deaths.length === 4 &&
        deaths.every(({ key, lastAccepted, firstRefused }) => {
          const expiry = expiries.get(key) ?? Number.NaN;
          return lastAccepted > 0 && lastAccepted < expiry && firstRefused >= expiry;
        }),
    ],
  ];
}

/** Whether the only change of a token came after the second token had called, by which the stack proves it. */
function isRetiredLast({ requests, store }: Sandbox): boolean {
  const [, second] = store.all().filter(({ name }) => name === "nightly report");
  const proof = requests.findIndex(({ callerId, status }) => callerId === second?.id && status === 200);
  const changes = requests.flatMap(({ method }, index) => (method === "PATCH" ? [index] : []));
  return proof !== -1 && changes.length === 1 && changes.every((change) => change > proof);
}
