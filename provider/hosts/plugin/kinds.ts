/** The resources that the plugin has: by the types that programs give them. */
import type { Lifecycle } from "../../lifecycle/lifecycle";
import { UserError } from "../../messages/userError";
import type { Credential } from "../../model/credential";
import { printable } from "../../model/printable";
import type { Properties } from "../../model/properties";
import { UNKNOWN_VALUE } from "../../model/unknownValue";
import { version } from "../../version";

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
