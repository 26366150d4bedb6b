/**
 * `npm run sandbox:conformance`: lets schemathesis send the sandbox what LaunchDarkly's description allows, and what
 * it does not, and check every answer. Fails for any difference that accepted.yaml does not list.
 *
 * Words after `--` are handed on to schemathesis, such as `--seed 7` or `--max-time 600`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";

import { createAccessToken } from "../accessToken";
import { type Sandbox, startSandbox } from "../sandbox";
import { readAccepted } from "./accepted";
import { readDescription } from "./description";
import { ensureSchemathesis, runSchemathesis } from "./schemathesis";

/** What schemathesis.toml names. */
const TOKEN_ID = "61095542756dba551110ae21";
const ENVIRONMENT = { projectKey: "shop", key: "production" };
const KEY_ID = "berlin";

async function main(words: readonly string[]): Promise<void> {
  await ensureSchemathesis();
  const folder = await mkdtemp(path.join(os.tmpdir(), "sandbox-conformance-"));
  // Where the description does not say, the sandbox accepts what the description's types allow.
  const openQuestions = {
    ...{ acceptsPastTokenExpiry: true, acceptsPastResetExpiry: true },
    ...{ acceptsPastKeyExpiry: true, longestKeyExpiryMs: Infinity, revivesExpiredKeys: true },
  };
  const sandbox = await startSandbox({ openQuestions });
  try {
    const key = prepare(sandbox);
    const status = await tryOut(sandbox, key, folder, words);
    if (status === undefined) throw new Error("schemathesis did not end in time");
    const shortcomings = shortcomingsOf(sandbox, key);
    for (const shortcoming of shortcomings) console.error(shortcoming);
    process.exitCode = status === 0 && shortcomings.length > 0 ? 1 : status;
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  }
}

async function tryOut(sandbox: Sandbox, key: string, folder: string, words: readonly string[]) {
  const { description, baseline } = readAccepted();
  const descriptionFile = path.join(folder, "openapi.json");
  const baselineFile = path.join(folder, "baseline.json");
  await writeFile(descriptionFile, JSON.stringify(description));
  await writeFile(baselineFile, JSON.stringify(baseline));
  return runSchemathesis(
    [
      ...["--config-file", path.join(__dirname, "schemathesis.toml")],
      ...["run", descriptionFile, "--url", sandbox.url, "--baseline", baselineFile],
      ...words,
    ],
    { cwd: folder, environment: { SANDBOX_KEY: key } },
  );
}

/**
 * Adds one of everything.
 *
 * @returns the key of a token that may do everything, but not to itself: it must outlive all that is tried
 */
function prepare(sandbox: Sandbox) {
  const { store, clock, memberIds, createToken, createEnvironment, createRelayConfiguration } = sandbox;
  store.save({ ...createAccessToken({ name: "sample", serviceToken: true }, memberIds[0], clock.now()), id: TOKEN_ID });
  sandbox.additionalKeys.add(createEnvironment(ENVIRONMENT), { keyId: KEY_ID });
  createRelayConfiguration({ name: "sample" });
  const everything = ["member/*:token/*", "service-token/*", "proj/*:env/*", "relay-proxy-config/*"];
  const allow = { effect: "allow" as const, actions: ["*"], resources: everything };
  const { id, key } = createToken({ name: "schemathesis", serviceToken: false, inlineRole: [allow] });
  const token = store.find(id);
  if (token === undefined) throw new Error("The token was not created");
  const deny = { effect: "deny" as const, actions: ["*"], resources: [`member/${token.memberId}:token/${id}`] };
  store.save({ ...token, inlineRole: [allow, deny] });
  return key;
}

/** What the run did not reach, and so says nothing of. */
function shortcomingsOf({ requests, store, clock }: Sandbox, key: string): string[] {
  const { operations } = readDescription({ allowsUnknownMembers: true });
  const succeeded = new Set(requests.filter(({ status = 500 }) => status < 300).map(({ route }) => route));
  const missed = operations.filter(
    ({ method, path }) => !succeeded.has(`${method} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
  );
  return [
    ...missed.map(({ id }) => `No request of ${id} succeeded, so that its answer was not checked.`),
    ...(store.findByKey(key, clock.now()) === undefined
      ? ["The key that schemathesis uses did not outlive the run."]
      : []),
  ];
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? `sandbox:conformance: ${error.message}` : error);
  process.exitCode = 1;
});
