/** All keys of an environment, the default ones and those beside them, as the API shows them. */
import { type AdditionalKey, type KeyKind, PREFIXES } from "./additionalKey";
import { type Environment, masked } from "./environment";
import { isAlive, type Keys } from "./key";
import type { OpenQuestions } from "./openQuestions";
import { link, timestamp } from "./representation";
import type { Store } from "./store";

export interface EnvironmentKey extends Omit<
  AdditionalKey,
  "id" | "environmentId" | "memberId" | "deletedAt" | "expiry"
> {
  readonly expiry?: number | undefined;
  readonly memberId?: string;
  /** Undefined for a default key, which the environment's own endpoints reset. */
  readonly additional: AdditionalKey | undefined;
}

/** What LaunchDarkly calls the default keys is not described. */
const DEFAULTS: Readonly<Record<KeyKind, { keyId: string; name: string }>> = {
  sdk: { keyId: "default-sdk", name: "Default SDK key" },
  mobile: { keyId: "default-mobile", name: "Default mobile key" },
};

/** The keys that there are, the default ones first. An expired key is among them, and a deleted one is not. */
export function keysOf(store: Store, environment: Environment, now: number): EnvironmentKey[] {
  const ofEnvironment = store.additionalKeys.all().filter(({ environmentId }) => environmentId === environment.id);
  return [
    ...defaultKeys(environment, "sdk", environment.sdkKeys, now),
    ...defaultKeys(environment, "mobile", environment.mobileKeys, now),
    ...ofEnvironment
      .filter(({ deletedAt }) => deletedAt === undefined)
      .map((additional): EnvironmentKey => ({ ...additional, additional })),
  ];
}

/** The current default key, and beside it the one that it replaced, until that expires. */
function defaultKeys(environment: Environment, kind: KeyKind, keys: Keys, now: number): EnvironmentKey[] {
  const [current, ...older] = keys;
  const expiring = older.filter((key) => isAlive(key, now)).slice(0, 1);
  return [current, ...expiring].map(({ value, expiresAt }) => {
    const { keyId, name } = DEFAULTS[kind];
    return {
      ...(expiresAt === null ? { keyId, name } : { keyId: `${keyId}-expiring`, name, expiry: expiresAt }),
      kind,
      value,
      // The sandbox keeps no times of default keys.
      createdAt: environment.creationDate,
      updatedAt: environment.creationDate,
      version: keys.length,
      additional: undefined,
    };
  });
}

export function isExpired({ expiry = Infinity }: Pick<EnvironmentKey, "expiry">, now: number): boolean {
  return expiry <= now;
}

/** @param isShown whether the caller may see the value; otherwise it is masked */
export function presentKey(
  { projectKey, key: environmentKey }: Environment,
  {
    kind,
    keyId,
    name,
    description,
    expiry,
    value,
    memberId,
    createdAt,
    updatedAt,
    version,
    additional,
  }: EnvironmentKey,
  isShown: boolean,
  openQuestions: OpenQuestions,
): object {
  const environment = `/api/v2/projects/${projectKey}/environments/${environmentKey}`;
  return {
    kind,
    key: keyId,
    name,
    ...(description !== undefined && { description }),
    ...(expiry !== undefined && { expiry }),
    value: isShown ? value : masked(PREFIXES[kind], value),
    isDefault: additional === undefined,
    ...(memberId !== undefined && { _createdByMemberId: memberId }),
    _createdAt: timestamp(createdAt, openQuestions),
    _updatedAt: timestamp(updatedAt, openQuestions),
    _version: version,
    _links: { parent: link(environment), self: link(`${environment}/sdk-keys/${keyId}`) },
  };
}
