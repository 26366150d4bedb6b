/** The resources that the plugin has: by the types that programs give them. */
import { readFileSync } from "node:fs";

import type { Lifecycle } from "../../lifecycle/lifecycle";
import { UserError } from "../../messages/words";
import type { Credential } from "../../model/credential";
import { type Properties, UNKNOWN_VALUE } from "../../model/json";
import { printable } from "../../model/redact";
import { version } from "../../version";

export interface Schema {
  /** As Pulumi asks for it. */
  text(): string;
  /** The outputs that programs know of a class. */
  outputsOf(className: string): readonly string[];
}

interface Content {
  readonly resources: Readonly<Record<string, { readonly properties: object }>>;
}

export function schemaIn(file: string): Schema {
  let text: string | undefined;
  let content: Content | undefined;
  const read = () => (text ??= readFileSync(file, "utf8"));
  return {
    text: read,
    outputsOf(className) {
      content ??= JSON.parse(read()) as Content;
      return Object.keys(content.resources[tokenOf(className)]?.properties ?? {});
    },
  };
}

/** The name of the package, and of the stack's settings for it. */
export const PACKAGE = "launchdarkly-rotation";

export interface Kind {
  readonly credential: Credential;
  readonly lifecycle: Lifecycle;
  /** The inputs that are secret whatever the program says. */
  readonly secretInputs: readonly string[];
}

export type Kinds = ReadonlyMap<string, Kind>;

export function kindsOf(credentials: readonly Credential[], lifecycleOf: (credential: Credential) => Lifecycle): Kinds {
  return new Map(
    credentials.map((credential) => {
      const { strategy, className } = credential;
      const secret = strategy === "reset" ? credential.initialKey : credential.initial.key;
      const secretInputs = secret === undefined ? [] : [secret];
      return [tokenOf(className), { credential, lifecycle: lifecycleOf(credential), secretInputs }];
    }),
  );
}

/** What programs call a class or a function. */
export function tokenOf(name: string): string {
  return `${PACKAGE}:index:${name}`;
}

/** @throws {UserError} if this version has no such class */
export function kindOf(kinds: Kinds, request: { getUrn(): string }): Kind {
  const type = typeIn(request.getUrn());
  const kind = kinds.get(type);
  if (kind === undefined) throw new UserError(`${printable(type)} is no resource of ${PACKAGE} ${version}.`);
  return kind;
}

/** A URN has the type behind those of the parents: engines did not always send it besides. */
function typeIn(urn: string): string {
  const [, , types = ""] = urn.split("::");
  return types.slice(types.lastIndexOf("$") + 1);
}

/** What tells the credential of a resource from all others, by the inputs of the program; undefined while it has none. */
export function claimOf({ credential }: Kind, inputs: Properties): readonly string[] | undefined {
  const { className } = credential;
  const isReset = credential.strategy === "reset";
  const isAccessToken = isReset ? credential.accessTokenId !== undefined : credential.isAccessToken;
  const places = isReset ? [] : credential.fixed.map(({ input }) => input).filter((input) => !isFlag(inputs[input]));
  const names = isReset ? credential.identity : [...(isAccessToken ? [] : places), credential.initial.id];
  const values = names.map((name) => inputs[name]);
  if (!values.every((value) => typeof value === "string" && value !== UNKNOWN_VALUE)) return undefined;
  return [isAccessToken ? "access token" : className, ...(values as string[])];
}

function isFlag(value: unknown): boolean {
  return typeof value === "boolean";
}
