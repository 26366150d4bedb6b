/** How a dynamic provider looks to Pulumi: its methods, the names in its properties, and secrets. */
import type { dynamic } from "@pulumi/pulumi";

import type { Properties } from "../../model/json";

export interface Provider {
  readonly configure: (request: dynamic.ConfigureRequest) => Promise<void>;
  readonly check: (olds: Properties, news: Properties) => Promise<dynamic.CheckResult>;
  readonly diff: (id: string, olds: Properties, news: Properties) => Promise<dynamic.DiffResult>;
  readonly create: (news: Properties) => Promise<dynamic.CreateResult>;
  readonly read: (id: string, olds: Properties) => Promise<dynamic.ReadResult>;
  readonly update: (id: string, olds: Properties, news: Properties) => Promise<dynamic.UpdateResult>;
  readonly delete: (id: string, olds: Properties) => Promise<void>;
}

/** The serialized provider, which Pulumi keeps among them. Without it, a later call can't be made. */
export const PROVIDER_PROPERTY = "__provider";

/** The hint by which a program tells that the run is a preview. */
export const PREVIEW_PROPERTY = "__preview";

/** The hint by which a program tells the resource's URN. */
export const URN_PROPERTY = "__urn";

/** The hint by which a program tells the names of settings that this package does not know. */
export const SETTINGS_PROPERTY = "__settings";

/** The organization and the URN, as the class of a resource that owns its credential gives them. Kept as an input. */
export const OWNER_PROPERTY = "owner";

// Marks outputs as secret in the value itself. The option `additionalSecretOutputs` marks them too, but a transformation
// in the program may set it anew, and then the state would hold the key in plain text.

/** How Pulumi writes a secret on the wire. Source: @pulumi/pulumi, runtime/rpc.ts, specialSigKey and specialSecretSig. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The outputs, those of the given names as secrets whatever the program says. Pulumi hands them back as plain values. */
export function withSecrets(outputs: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => {
      return [name, names.includes(name) ? { [SIGNATURE]: SECRET, value } : value];
    }),
  );
}
