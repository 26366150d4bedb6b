/** One of the examples, configured to rotate a token of a sandbox. */
import { appendFileSync } from "node:fs";
import path from "node:path";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import type { CommandResult, Stack } from "../../tools/stack/stack";
import { createWorkspace, repository, type Workspace } from "../../tools/stack/workspace";
import { compileProgram } from "./compileProgram";
import { createWrittenStack } from "./writtenStack";

export interface RotationStack {
  readonly sandbox: Sandbox;
  readonly stack: Stack;
  readonly workspace: Workspace;
  readonly token: { readonly id: string; readonly key: string };
  /** `pulumi up` without its preview. */
  up(...words: string[]): Promise<CommandResult>;
  preview(...words: string[]): Promise<CommandResult>;
  /** The resource in the exported state, secrets as ciphertext. */
  exported(): Promise<{ text: string; resource: ExportedResource | undefined }>;
  /** Changes plain settings. */
  set(values: Readonly<Record<string, string>>): Promise<void>;
  /** The token's current key at the sandbox. */
  currentKey(): string | undefined;
  /** How often the sandbox has reset a token. */
  resets(): number;
  /** The routes of the requests that the sandbox got since the last call. */
  newRequests(): string[];
  /** Everything the CLI has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

export interface ExportedResource {
  readonly urn: string;
  readonly id: string;
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

export const TYPE = "pulumi-nodejs:dynamic/launchdarkly:AccessTokenRotation";

export interface RotationStackOptions {
  /** The folder below examples/. @default "quickstart" */
  readonly example?: string;
  /** More secret settings. */
  readonly secrets?: (sandbox: Sandbox, token: { readonly id: string; readonly key: string }) => Record<string, string>;
  /** Lines added to the program. */
  readonly program?: string;
  /** Whether Pulumi compiles the program, at each of its runs. @default false */
  readonly isTypeScript?: boolean;
  readonly oldKeyExpiry?: string;
  /** More plain settings. */
  readonly config?: Readonly<Record<string, string>>;
  /** More variables for the CLI. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function createRotationStack(options: RotationStackOptions = {}): Promise<RotationStack> {
  const workspace = createWorkspace(path.join(repository, "examples", options.example ?? "quickstart"));
  const program = path.join(workspace.folder, "index.ts");
  if (options.program !== undefined) appendFileSync(program, options.program);
  const environment = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...options.environment };
  const stack = await createWrittenStack(workspace, environment);
  // Last, because its server would keep a test file alive whose stack could not be made.
  const sandbox = await startSandbox();
  const token = sandbox.createToken({ name: "ci deploys", role: "writer" });
  let printed = "";
  let seen = 0;

  const compile = () => {
    if (options.isTypeScript !== true) compileProgram(workspace.folder);
  };

  async function pulumi(...words: string[]): Promise<CommandResult> {
    compile();
    const result = await stack.pulumi(...words);
    printed += result.output;
    return result;
  }

  await stack.configAll({
    plaintext: {
      "launchdarkly:apiHost": sandbox.url,
      tokenId: token.id,
      quarter: "2026-Q4",
      ...(options.oldKeyExpiry !== undefined && { oldKeyExpiry: options.oldKeyExpiry }),
      ...options.config,
    },
    secret: { "launchdarkly:accessToken": sandbox.adminKey, ...options.secrets?.(sandbox, token) },
  });
  return {
    sandbox,
    stack: {
      ...stack,
      pulumi,
      start(...words) {
        compile();
        return stack.start(...words);
      },
    },
    workspace,
    token,
    up: (...words) => pulumi("up", "--yes", "--non-interactive", "--skip-preview", ...words),
    preview: (...words) => pulumi("preview", "--non-interactive", ...words),
    exported() {
      const text = stack.exported();
      const { deployment } = JSON.parse(text) as { deployment: { resources?: ExportedResource[] } | null };
      return Promise.resolve({ text, resource: deployment?.resources?.find(({ type }) => type === TYPE) });
    },
    set: (values) => stack.configAll({ plaintext: values }),
    currentKey: () => sandbox.store.find(token.id)?.keys[0].value,
    resets: () => sandbox.requests.filter(({ hasReset }) => hasReset).length,
    newRequests() {
      const routes = sandbox.requests.slice(seen).map(({ route }) => route);
      seen = sandbox.requests.length;
      return routes;
    },
    printed: () => printed,
    async stop() {
      await sandbox.stop();
      workspace.remove();
    },
  };
}

/** Every key that the sandbox ever gave out, and still knows. */
export function allKeys(sandbox: Sandbox): string[] {
  return sandbox.store.all().flatMap(({ keys }) => keys.map(({ value }) => value));
}
