/** The credentials that the demo rotates, each with a consumer that uses it. */
import type { Key } from "../../sandbox/key";
import type { Sandbox } from "../../sandbox/sandbox";
import { type Consumer, startConsumer, type Use, useAt } from "./consumer";
import { type Server, startServer } from "./server";
import type { CredentialLife, KeyLife } from "./timeline";

export interface DemoCredential {
  readonly name: string;
  /** Who uses it. */
  readonly user: string;
  readonly renewal: CredentialLife["renewal"];
  /** The settings by which the program knows it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The output of the stack that holds its key. */
  readonly output: string;
  /** How the sandbox's log names it where it was reset. */
  readonly loggedAs: string;
  /** The key it has before the stack is there; undefined if the stack makes the first one. */
  readonly firstKey: string | undefined;
  /** All its keys, newest first. */
  keys(): readonly Key[];
  /** When they were made, oldest first, in epoch milliseconds. */
  births(): readonly number[];
  readonly use: Use;
  readonly consumer: Consumer;
}

export function createAccessToken(sandbox: Sandbox): DemoCredential {
  const from = Date.now();
  const { id, key } = sandbox.createToken({ name: "ci deploys", role: "writer" });
  const use = useAt(`${sandbox.url}/api/v2/caller-identity`);
  const loggedAs = `token ${id}`;
  return {
    name: "access token",
    user: "CI job",
    renewal: "reset",
    settings: { tokenId: id },
    output: "token",
    loggedAs,
    firstKey: key,
    keys: () => sandbox.store.find(id)?.keys ?? [],
    births: () => [from, ...resetsOf({ loggedAs }, sandbox)],
    use,
    consumer: startConsumer(use, key),
  };
}

/** The SDK key that the stack owns beside the environment's default key: there is none before the first run. */
export function createSdkKey(sandbox: Sandbox): DemoCredential & { readonly consumer: Server } {
  const { id, projectKey, environmentKey } = sandbox.createEnvironment({ projectKey: "shop", key: "production" });
  const made = () => sandbox.store.additionalKeys.all().filter(({ environmentId }) => environmentId === id);
  return {
    name: "SDK key",
    user: "server",
    renewal: "creation",
    settings: { projectKey, environmentKey },
    output: "sdkKey",
    loggedAs: "",
    firstKey: undefined,
    keys: () =>
      made()
        .map(({ value, expiry }) => ({ value, expiresAt: expiry ?? null }))
        .reverse(),
    births: () => made().map(({ createdAt }) => createdAt),
    // What LaunchDarkly's SDK asks for where it polls. The server itself gets a stream.
    use: useAt(`${sandbox.url}/sdk/latest-all`),
    consumer: startServer(sandbox),
  };
}

/** The access token that the stack owns: there is none before the first run. */
export function createOwnedToken(sandbox: Sandbox): DemoCredential {
  const name = "nightly report";
  const tokens = () => sandbox.store.all().filter((token) => token.name === name);
  const use = useAt(`${sandbox.url}/api/v2/caller-identity`);
  return {
    name: "token of the stack",
    user: "nightly job",
    renewal: "creation",
    settings: { ownedName: name },
    output: "ownedToken",
    loggedAs: "",
    firstKey: undefined,
    keys: () =>
      tokens()
        .map(({ keys: [{ value }], expiry }) => ({ value, expiresAt: expiry ?? null }))
        .reverse(),
    births: () => tokens().map(({ creationDate }) => creationDate),
    use,
    consumer: startConsumer(use),
  };
}

/** When it was reset, in epoch milliseconds. */
export function resetsOf({ loggedAs }: Pick<DemoCredential, "loggedAs">, { requests }: Sandbox): number[] {
  return requests.filter(({ resets }) => resets === loggedAs).map(({ at }) => at);
}

export function lifeOf(credential: DemoCredential): CredentialLife {
  const { name, user, renewal, consumer } = credential;
  const births = credential.births();
  const oldestFirst = [...credential.keys()].reverse();
  const keys = oldestFirst.map(({ value, expiresAt }, index): KeyLife => {
    const use = consumer.uses.findIndex(({ key }) => key === value);
    return {
      ending: ending(value),
      bornAt: births[index] ?? Number.NaN,
      expiresAt: expiresAt ?? undefined,
      usedFrom: consumer.uses[use]?.from,
      usedUntil: consumer.uses[use + 1]?.from,
    };
  });
  return { name, user, renewal, keys, uses: consumer.summary(user) };
}

export function ending(key: string): string {
  return key.slice(-4);
}
