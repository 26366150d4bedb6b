/** LaunchDarkly's Terraform provider, as far as it is on this machine: its `expire`, once changed, resets a token. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

import type { Sandbox } from "../sandbox/sandbox";
import { selfSigned } from "../tests/support/certificate";
import { startFront } from "../tests/support/front";

const run = promisify(execFile);

/** What it took for 20 tokens at 100 ms, on a quiet machine of two cores. */
export const TERRAFORM_MEASURED_S = 10.5;

export interface Terraform {
  /** Rotates the tokens, and tells how long that took, in milliseconds. */
  rotate(): Promise<number>;
  remove(): Promise<void>;
}

/**
 * The variable names the folder of the provider's binary. Versions from 3.0 on can't reset a token.
 *
 * @returns a stack of so many tokens that are created; a sentence for people if there is no Terraform
 */
export async function createTerraform(sandbox: Sandbox, count: number): Promise<Terraform | string> {
  const { BENCH_TERRAFORM_PROVIDER: provider } = process.env;
  try {
    await run("terraform", ["version"]);
  } catch {
    return "Terraform: not found";
  }
  const isThere = provider !== undefined && existsSync(provider);
  if (!isThere || !readdirSync(provider).some((file) => file.startsWith("terraform-provider-launchdarkly"))) {
    return "Terraform: found, but not LaunchDarkly's provider (BENCH_TERRAFORM_PROVIDER)";
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), "launchdarkly-bench-"));
  const settings = path.join(folder, "terraformrc");
  const overrides = `dev_overrides { "launchdarkly/launchdarkly" = ${JSON.stringify(provider)} }`;
  // Its provider speaks nothing but HTTPS.
  const certificate = selfSigned();
  const trusted = path.join(folder, "cert.pem");
  writeFileSync(trusted, certificate.cert);
  const front = await startFront(sandbox, certificate);
  const environment = { ...process.env, TF_CLI_CONFIG_FILE: settings, SSL_CERT_FILE: trusted };
  writeFileSync(settings, `provider_installation {\n  ${overrides}\n  direct {}\n}\n`);

  async function apply(expire: number): Promise<number> {
    writeFileSync(
      path.join(folder, "main.tf.json"),
      JSON.stringify(program(`https://localhost:${front.port}`, sandbox.adminKey, count, expire)),
    );
    const before = performance.now();
    await run("terraform", ["apply", "-auto-approve", "-input=false", "-no-color"], {
      cwd: folder,
      env: environment,
      maxBuffer: 64 * 1024 * 1024,
    });
    return performance.now() - before;
  }

  let expire = Date.now() + 3_600_000;
  await apply(expire);
  return {
    rotate: () => apply((expire += 60_000)),
    async remove() {
      await front.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function program(apiHost: string, adminKey: string, count: number, expire: number): object {
  const tokens = Array.from({ length: count }, (_, index) => {
    return [`token-${index}`, { name: `terraform ${index}`, role: "reader", service_token: true, expire }];
  });
  return {
    terraform: { required_providers: { launchdarkly: { source: "launchdarkly/launchdarkly" } } },
    provider: { launchdarkly: { api_host: apiHost, access_token: adminKey } },
    resource: { launchdarkly_access_token: Object.fromEntries(tokens) as object },
  };
}
