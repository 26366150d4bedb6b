/** What the demo claims, and whether it was so. */
import { isAlive } from "../../sandbox/key";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Death } from "./consumer";
import { type DemoCredential, resetsOf } from "./credentials";
import type { Server } from "./server";

const TOKENS = "POST /api/v2/tokens";
const SDK_KEYS = "POST /api/v2/projects/:projectKey/environments/:environmentKey/sdk-keys";

/** What the demo saw while it ran. */
export interface Seen {
  readonly graceSeconds: number;
  /** The exit statuses of the commands. */
  readonly statuses: readonly (number | null)[];
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
  const { graceSeconds, statuses, previewed, deaths } = seen;
  const resets = sandbox.requests.filter(({ hasReset }) => hasReset).length;
  const creations = (route: string) => sandbox.requests.filter((request) => request.route === route).length;
  const expiries = new Map(
    [token, sdkKey, owned].flatMap(({ keys }) => keys().map((key) => [key.value, key.expiresAt])),
  );
  return [
    ["every command succeeded", statuses.every((status) => status === 0)],
    [
      "the preview said of each why it rotates, and what happens to its old key",
      Object.entries({
        AccessTokenRotation: "Will reset",
        RotatingSdkKey: "Will rotate",
        RotatingAccessToken: "Will rotate",
      }).every(([className, verdict]) => {
        const announcement = `${className} \\(\\S+\\):\\n +${verdict} \\(\\w+\\): triggers\\.quarter changed\\. The current key \\(ending in \\w{4}\\) keeps working for ${graceSeconds} seconds\\.`;
        return new RegExp(announcement).test(previewed);
      }),
    ],
    [
      "the access token was reset twice, and nothing else was reset",
      resetsOf(token, sandbox).length === 2 && resets === 2,
    ],
    [
      "the stack made two tokens of its own, and the nightly job used both",
      owned.keys().length === 2 && creations(TOKENS) === 2 && owned.consumer.uses.length === 2,
    ],
    ["the first of them got its expiry only after the second was proven", isRetiredLast(sandbox)],
    [
      "the stack made two SDK keys of its own, the server used both, and the environment's default key is as it was",
      sdkKey.keys().length === 2 &&
        creations(SDK_KEYS) === 2 &&
        sdkKey.consumer.uses.length === 2 &&
        isDefaultKept(sandbox),
    ],
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

function isDefaultKept({ store, clock }: Sandbox): boolean {
  return store.environments.all().every(({ sdkKeys }) => sdkKeys.length === 1 && isAlive(sdkKeys[0], clock.now()));
}

/** Whether the only change of a token came after the second token had called, by which the stack proves it. */
function isRetiredLast({ requests, store }: Sandbox): boolean {
  const [, second] = store.all().filter(({ name }) => name === "nightly report");
  const proof = requests.findIndex(({ callerId, status }) => callerId === second?.id && status === 200);
  const changes = requests.flatMap(({ route }, index) => (route === "PATCH /api/v2/tokens/:id" ? [index] : []));
  return proof !== -1 && changes.length === 1 && changes.every((change) => change > proof);
}
