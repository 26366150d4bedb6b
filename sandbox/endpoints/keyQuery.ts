/** Which keys of an environment a list has, and in which order. Source: LaunchDarkly's clients, operation getSdkKeys. */
import { type EnvironmentKey, isExpired } from "../environmentKeys";
import type { Call } from "./call";

type Filter = (key: EnvironmentKey, now: number) => boolean;

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ["kind:sdk", ({ kind }) => kind === "sdk"],
  ["kind:mobile", ({ kind }) => kind === "mobile"],
  ["active:true", (key, now) => !isExpired(key, now)],
  ["active:false", isExpired],
]);

const ORDERS: ReadonlyMap<unknown, 1 | -1> = new Map([
  [undefined, 1],
  ["createdAt", 1],
  ["-createdAt", -1],
]);

/** @returns undefined for a filter or an order that is not known */
export function queriedKeys(
  keys: readonly EnvironmentKey[],
  { query, now }: Pick<Call, "query" | "now">,
): EnvironmentKey[] | undefined {
  const filters = filtersOf(query["filter"]);
  const direction = ORDERS.get(query["sort"]);
  if (filters === undefined || direction === undefined) return undefined;
  return keys
    .filter((key) => filters.every((filter) => filter(key, now)))
    .sort((first, second) => direction * (first.createdAt - second.createdAt));
}

/** @returns undefined for a parameter that is given more than once, and for a filter that is not known */
function filtersOf(parameter: unknown = ""): Filter[] | undefined {
  if (typeof parameter !== "string") return undefined;
  const names = parameter === "" ? [] : parameter.split(",");
  const filters = names.flatMap((name) => FILTERS.get(name) ?? []);
  return filters.length === names.length ? filters : undefined;
}
