/**
 * Marks outputs as secret in the value itself. The option `additionalSecretOutputs` marks them too, but a transformation
 * in the program may set it anew, and then the state would hold the key in plain text.
 */
import { PartialFailure } from "../rotation/partialFailure";
import type { Provider } from "./methods";

/** How Pulumi writes a secret on the wire. Source: @pulumi/pulumi, runtime/rpc.ts, specialSigKey and specialSecretSig. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * The provider, whose outputs of the given names are secrets whatever the program says. Pulumi hands them back as plain
 * values.
 */
export function withSecretOutputs(provider: Provider, names: readonly string[]): Provider {
  const marked = (outputs: object | undefined) => (outputs === undefined ? {} : markSecret(outputs, names));
  const withMarkedFailure = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof PartialFailure) error.changeProperties((properties) => markSecret(properties, names));
      throw error;
    }
  };
  return {
    ...provider,
    async create(news) {
      const created = await withMarkedFailure(provider.create(news));
      return { ...created, outs: marked(created.outs as object | undefined) };
    },
    async read(id, olds) {
      const seen = await provider.read(id, olds);
      return seen.props === undefined ? seen : { ...seen, props: marked(seen.props as object) };
    },
    async update(id, olds, news) {
      const updated = await withMarkedFailure(provider.update(id, olds, news));
      return { outs: marked(updated.outs as object | undefined) };
    },
  };
}

function markSecret(outputs: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]: [string, unknown]) => {
      return [name, names.includes(name) && !isMarked(value) ? { [SIGNATURE]: SECRET, value } : value];
    }),
  );
}

/** A failure that is thrown twice is marked once. */
function isMarked(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as Record<string, unknown>)[SIGNATURE] === SECRET;
}
