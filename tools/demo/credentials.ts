/** The credentials that the demo rotates, each with a consumer that uses it. */
import type { Key } from "../../sandbox/key";
import type { Sandbox } from "../../sandbox/sandbox";
import { type Consumer, startConsumer, type Use, useAt } from "./consumer";
import type { CredentialLife, KeyLife } from "./timeline";

export interface DemoCredential {
  readonly name: string;
  /** Who uses it. */
  readonly user: string;
  /** The settings by which the program knows it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The output of the stack that holds its key. */
  readonly output: string;
  /** How the sandbox's log names it where it was reset. */
  readonly loggedAs: string;
  readonly firstKey: string;
  /** All its keys, newest first. */
  keys(): readonly Key[];
  readonly use: Use;
  readonly consumer: Consumer;
}

export function createAccessToken(sandbox: Sandbox): DemoCredential {
  const { id, key } = sandbox.createToken({ name: "ci deploys", role: "writer" });
  const use = useAt(`${sandbox.url}/api/v2/caller-identity`);
  return {
    name: "access token",
    user: "CI job",
    settings: { tokenId: id },
    output: "token",
    loggedAs: `token ${id}`,
    firstKey: key,
    keys: () => sandbox.store.find(id)?.keys ?? [],
    use,
    consumer: startConsumer(use, key),
  };
}

export function createSdkKey(sandbox: Sandbox): DemoCredential {
  const settings = { projectKey: "shop", key: "production" };
  const { id, projectKey, environmentKey, sdkKey } = sandbox.createEnvironment(settings);
  // What a server-side SDK asks for that polls for its flags.
  const use = useAt(`${sandbox.url}/sdk/latest-all`);
  return {
    name: "SDK key",
    user: "server",
    settings: { projectKey, environmentKey },
    output: "sdkKey",
    loggedAs: `sdkKey ${projectKey}/${environmentKey}`,
    firstKey: sdkKey,
    keys: () => sandbox.store.environments.find(id)?.sdkKeys ?? [],
    use,
    consumer: startConsumer(use, sdkKey),
  };
}

/** When it was reset, in epoch milliseconds. */
export function resetsOf({ loggedAs }: DemoCredential, { requests }: Sandbox): number[] {
  return requests.filter(({ resets }) => resets === loggedAs).map(({ at }) => at);
}

/** @param from when the demo began, in epoch milliseconds */
export function lifeOf(credential: DemoCredential, sandbox: Sandbox, from: number): CredentialLife {
  const { name, user, consumer } = credential;
  const resets = resetsOf(credential, sandbox);
  const oldestFirst = [...credential.keys()].reverse();
  const keys = oldestFirst.map(({ value, expiresAt }, index): KeyLife => {
    const use = consumer.uses.findIndex(({ key }) => key === value);
    return {
      ending: ending(value),
      bornAt: resets[index - 1] ?? from,
      expiresAt: expiresAt ?? undefined,
      usedFrom: consumer.uses[use]?.from,
      usedUntil: consumer.uses[use + 1]?.from,
    };
  });
  return { name, user, keys, calls: consumer.calls(), rejected: consumer.rejected() };
}

export function ending(key: string): string {
  return key.slice(-4);
}
