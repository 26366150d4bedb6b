/** `npm run sandbox`: starts the sandbox and prints how to use it. */
import { parseArgs } from "node:util";

import { startSandbox } from "./sandbox";

const SAMPLE_NAME = "sample token";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string" }, file: { type: "string" } } });
  const sandbox = await startSandbox({
    ...(values.port !== undefined && { port: Number(values.port) }),
    ...(values.file !== undefined && { file: values.file }),
  });
  const kept = sandbox.store.all().find(({ name }) => name === SAMPLE_NAME);
  const sample = kept ? { id: kept.id, key: kept.keys[0].value } : sandbox.createToken({ name: SAMPLE_NAME });
  console.log(`LaunchDarkly sandbox on ${sandbox.url} (stop it with Ctrl-C)

admin key        ${sandbox.adminKey}
sample token id  ${sample.id}
sample key       ${sample.key}

Rotate the sample token with examples/quickstart, in another terminal:

  cd examples/quickstart
  pulumi stack init dev
  pulumi config set launchdarkly:apiHost ${sandbox.url}
  pulumi config set --secret launchdarkly:accessToken ${sandbox.adminKey}
  pulumi config set --plaintext tokenId ${sample.id}
  pulumi config set quarter 2026-Q4
  pulumi up

Requests:
`);
  sandbox.events.on("processed", ({ method, path, query, status }) => {
    const parameters = new URLSearchParams(query as Record<string, string>).toString();
    console.log(`${method} ${path}${parameters && `?${parameters}`} ${status ?? ""}`);
  });
  process.once("SIGINT", () => void sandbox.stop());
  process.once("SIGTERM", () => void sandbox.stop());
}

void main();
