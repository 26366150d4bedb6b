/**
 * Stacks, settings and outputs as the CLI has them, without the CLI: a command of its own takes half a second of a
 * processor, and a test run needs hundreds of them. tests/facts/writtenStack.test.ts holds them to the CLI's.
 */
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import YAML from "yaml";

import { createStack, PASSPHRASE, type Stack } from "../../tools/stack/stack";
import type { Workspace } from "../../tools/stack/workspace";

type Settings = Record<string, string | { readonly secure: string }>;

/** What Pulumi derives keys from passphrases by. */
const ITERATIONS = 1_000_000;
const TAG_BYTES = 16;
/** By which Pulumi tells that an object in a state is a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

interface State {
  readonly checkpoint: { readonly latest?: { readonly resources?: { type: string; outputs?: object }[] } };
}

/** As long as the test process: deriving a key takes as long as the CLI's command. */
let crypter: ReturnType<typeof createCrypter> | undefined;

/** @param salt what Pulumi adds to the passphrase */
async function createCrypter(salt = randomBytes(8)) {
  const key = await promisify(pbkdf2)(PASSPHRASE, salt, ITERATIONS, 32, "sha256");
  const encrypt = (text: string) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  };
  const decrypt = (text: string) => {
    const [nonce, sealed] = text
      .split(":")
      .slice(1)
      .map((part) => Buffer.from(part, "base64")) as [Buffer, Buffer];
    const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAuthTag(sealed.subarray(-TAG_BYTES));
    return decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  };
  return { salt: `v1:${salt.toString("base64")}:${encrypt("pulumi")}`, encrypt, decrypt };
}

/** What a state has, with its secrets in plain text. */
function opened(value: unknown, decrypt: (text: string) => string): unknown {
  return JSON.parse(JSON.stringify(value), (_name, one: unknown): unknown => {
    const { [SIGNATURE]: kind, ciphertext } = (one ?? {}) as { [SIGNATURE]?: string; ciphertext?: string };
    return kind !== undefined && ciphertext !== undefined ? JSON.parse(decrypt(ciphertext)) : one;
  });
}

function read(file: string): unknown {
  return YAML.parse(readFileSync(file, "utf8"));
}

function write(file: string, content: object): void {
  // Go's reader takes more words for something else than a string.
  writeFileSync(file, YAML.stringify(content, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }));
}

const projectOf = ({ folder }: Workspace) => (read(path.join(folder, "Pulumi.yaml")) as { name: string }).name;

/** The outputs of a stack, secrets included. @param latest the stack's state */
function outputsIn(latest: State["checkpoint"]["latest"], decrypt: (text: string) => string) {
  const found = latest?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  return opened(found?.outputs ?? {}, decrypt) as Record<string, unknown>;
}

function stateIn(file: string): State["checkpoint"]["latest"] {
  return (JSON.parse(readFileSync(file, "utf8")) as State).checkpoint.latest;
}

/** Reads the outputs of a stack that the CLI has made. @param settings its Pulumi.<stack>.yaml */
export function readerOfOutputs(state: string, settings: string): () => Promise<Record<string, unknown>> {
  let own: ReturnType<typeof createCrypter> | undefined;
  return async () => {
    const { encryptionsalt } = read(settings) as { encryptionsalt: string };
    const { decrypt } = await (own ??= createCrypter(Buffer.from(encryptionsalt.split(":")[1] ?? "", "base64")));
    return outputsIn(stateIn(state), decrypt);
  };
}

export interface WrittenStack extends Stack {
  /** What `pulumi stack export` prints. */
  exported(): string;
}

/** Like `createStack`, and its settings and outputs are written and read as well. */
export async function createWrittenStack(
  workspace: Workspace,
  environment: Readonly<Record<string, string>>,
): Promise<WrittenStack> {
  const project = projectOf(workspace);
  const state = path.join(workspace.aside, "state", ".pulumi");
  const stacks = path.join(state, "stacks", project);
  mkdirSync(stacks, { recursive: true });
  writeFileSync(path.join(state, "meta.yaml"), "version: 1\n");
  const checkpoint = { stack: `organization/${project}/dev` };
  const checkpointFile = path.join(stacks, "dev.json");
  writeFileSync(checkpointFile, JSON.stringify({ version: 3, checkpoint }));
  const { salt, encrypt, decrypt } = await (crypter ??= createCrypter());
  const file = path.join(workspace.folder, "Pulumi.dev.yaml");
  write(file, { encryptionsalt: salt });
  const latest = () => stateIn(checkpointFile);
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
    exported: () => JSON.stringify({ version: 3, deployment: latest() ?? null }, undefined, 2),
    outputs: () => Promise.resolve(outputsIn(latest(), decrypt)),
  };
}
