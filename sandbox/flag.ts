/** The account's one feature flag, so that tests see which consumers learn of a change. It is the same everywhere. */
import { z } from "zod";

import type { ServerEvent } from "./result";

export const FLAG_KEY = "sandbox-flag";

export const flagSchema = z.object({ isOn: z.boolean(), version: z.number().int() });

export type Flag = z.infer<typeof flagSchema>;

export const FIRST_FLAG: Flag = { isOn: false, version: 1 };

export function turned({ version }: Flag, isOn: boolean): Flag {
  return { isOn, version: version + 1 };
}

/** All flags, as SDKs for servers get them. They evaluate flags themselves: true if it is on, and false if not. */
export function forServers(flag: Flag): object {
  return { flags: { [FLAG_KEY]: flagForServers(flag) }, segments: {} };
}

/** All flags, as SDKs for apps get them, which LaunchDarkly evaluates for them. */
export function forApps({ isOn, version }: Flag): object {
  return { [FLAG_KEY]: { value: isOn, variation: isOn ? 0 : 1, version, flagVersion: version, trackEvents: false } };
}

/** The first event of a stream. */
export function putEvent(flag: Flag): ServerEvent {
  return { event: "put", data: { path: "/", data: forServers(flag) } };
}

/** The event that tells open streams of a change. */
export function patchEvent(flag: Flag): ServerEvent {
  return { event: "patch", data: { path: `/flags/${FLAG_KEY}`, data: flagForServers(flag) } };
}

/** Source of the members: what LaunchDarkly's SDKs for servers read. */
function flagForServers({ isOn, version }: Flag): object {
  return {
    key: FLAG_KEY,
    version,
    on: isOn,
    variations: [true, false],
    fallthrough: { variation: 0 },
    offVariation: 1,
    prerequisites: [],
    targets: [],
    rules: [],
    salt: FLAG_KEY,
    trackEvents: false,
    clientSideAvailability: { usingEnvironmentId: true, usingMobileKey: true },
  };
}
