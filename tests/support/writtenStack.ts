/**
 * Stacks and settings as the CLI writes them, written without it: a command of the CLI's takes half a second of a
 * processor, and a test run needs hundreds of them. tests/facts/writtenStack.test.ts holds them to the CLI's own.
 */
import { createCipheriv, pbkdf2, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import YAML from "yaml";

import { createStack, PASSPHRASE, type Stack } from "../../tools/stack/stack";
import type { Workspace } from "../../tools/stack/workspace";

type Settings = Record<string, string | { readonly secure: string }>;

/** What Pulumi derives keys from passphrases by. */
const ITERATIONS = 1_000_000;

/** As long as the test process: deriving a key takes as long as the CLI's command. */
let crypter: Promise<{ readonly salt: string; encrypt(text: string): string }> | undefined;

async function createCrypter() {
  const salt = randomBytes(8);
  const key = await promisify(pbkdf2)(PASSPHRASE, salt, ITERATIONS, 32, "sha256");
  const encrypt = (text: string) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  };
  return { salt: `v1:${salt.toString("base64")}:${encrypt("pulumi")}`, encrypt };
}

function read(file: string): unknown {
  return YAML.parse(readFileSync(file, "utf8"));
}

function write(file: string, content: object): void {
  // Go's reader takes more words for something else than a string.
  writeFileSync(file, YAML.stringify(content, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }));
}

const projectOf = ({ folder }: Workspace) => (read(path.join(folder, "Pulumi.yaml")) as { name: string }).name;

/** Like `createStack`, and its settings are written as well. */
export async function createWrittenStack(
  workspace: Workspace,
  environment: Readonly<Record<string, string>>,
): Promise<Stack> {
  const project = projectOf(workspace);
  const state = path.join(workspace.aside, "state", ".pulumi");
  const stacks = path.join(state, "stacks", project);
  mkdirSync(stacks, { recursive: true });
  writeFileSync(path.join(state, "meta.yaml"), "version: 1\n");
  const checkpoint = { stack: `organization/${project}/dev` };
  writeFileSync(path.join(stacks, "dev.json"), JSON.stringify({ version: 3, checkpoint }));
  const { salt, encrypt } = await (crypter ??= createCrypter());
  const file = path.join(workspace.folder, "Pulumi.dev.yaml");
  write(file, { encryptionsalt: salt });
  return {
    // Which one is selected is in a file of the CLI's own.
    ...(await createStack({ workspace, environment: { PULUMI_STACK: "dev", ...environment }, isWithoutInit: true })),
    configAll({ plaintext, secret = {} }) {
      const encrypted = Object.entries(secret).map(([key, value]) => [key, { secure: encrypt(value) }] as const);
      const added: Settings = { ...plaintext, ...Object.fromEntries(encrypted) };
      const named = Object.entries(added).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]);
      const stored = read(file) as { config?: Settings };
      write(file, { ...stored, config: { ...stored.config, ...(Object.fromEntries(named) as Settings) } });
      return Promise.resolve();
    },
  };
}
