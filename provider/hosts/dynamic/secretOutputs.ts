/**
 * Marks outputs as secret in the value itself. The option `additionalSecretOutputs` marks them too, but a transformation
 * in the program may set it anew, and then the state would hold the key in plain text.
 */
import type { Properties } from "../../model/properties";

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
