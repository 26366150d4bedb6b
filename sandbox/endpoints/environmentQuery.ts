/** Which environments a list has, and in which order. Source: LaunchDarkly's OpenAPI description, "List environments". */
import type { Environment } from "../environment";
import type { Call } from "./call";

type Order = (first: Environment, second: Environment) => number;

const ORDERS: ReadonlyMap<string, Order> = new Map<string, Order>([
  ["createdOn", (first, second) => first.creationDate - second.creationDate],
  // No environment of the sandbox is critical.
  ["critical", () => 0],
  ["name", (first, second) => first.name.localeCompare(second.name)],
]);

/** @returns undefined for a filter or an order that the description does not know */
export function queried(
  environments: readonly Environment[],
  { query }: Pick<Call, "query">,
): Environment[] | undefined {
  const filters = listOf(query["filter"])?.map(filterOf);
  const orders = listOf(query["sort"])?.map(orderOf);
  if (filters === undefined || orders === undefined) return undefined;
  if (filters.includes(undefined) || orders.includes(undefined)) return undefined;
  return environments
    .filter((environment) => filters.every((filter) => filter?.(environment)))
    .sort((first, second) => orders.map((order) => order?.(first, second) ?? 0).find((by) => by !== 0) ?? 0);
}

function filterOf(text: string): ((environment: Environment) => boolean) | undefined {
  const [field, value] = text.split(/:(.*)/s);
  if (value === undefined) return undefined;
  const wanted = value.toLowerCase();
  if (field === "query") return ({ name, key }) => [name, key].some((one) => one.toLowerCase().includes(wanted));
  // No environment of the sandbox has a tag.
  return field === "tags" ? () => wanted === "" : undefined;
}

function orderOf(text: string): Order | undefined {
  const order = ORDERS.get(text.replace(/^-/, ""));
  return text.startsWith("-") && order !== undefined ? (first, second) => order(second, first) : order;
}

/** @returns undefined for a parameter that is given more than once */
function listOf(parameter: unknown = ""): string[] | undefined {
  if (typeof parameter !== "string") return undefined;
  return parameter === "" ? [] : parameter.split(",");
}
