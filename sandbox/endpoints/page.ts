/** One page of a collection, with the links to the others. */
import { link } from "../representation";
import { invalidRequest, type Result } from "../result";
import type { Call } from "./call";
import { integer } from "./parameters";

export interface Collection<Item> {
  readonly items: readonly Item[];
  readonly show: (item: Item) => object;
  /** Where the collection is. */
  readonly path: string;
  /** How many items a page has, unless the caller says. */
  readonly defaultLimit: number;
  /** @default no limit */
  readonly maximumLimit?: number;
}

export function page<Item>(
  { items, show, path, defaultLimit, maximumLimit = Infinity }: Collection<Item>,
  { query }: Pick<Call, "query">,
): Result {
  const limit = integer(query["limit"], defaultLimit);
  const offset = integer(query["offset"], 0);
  if (limit === undefined || limit < 1 || limit > maximumLimit || offset === undefined || offset < 0) {
    return invalidRequest("limit must be an integer above 0 and not too large, and offset one that is not below 0");
  }
  const others = Object.entries(query).filter(([name]) => name !== "limit" && name !== "offset");
  const at = (start: number) => {
    const parameters = Object.fromEntries(others.map(([name, value]) => [name, String(value)]));
    const query = new URLSearchParams({ limit: String(limit), offset: String(start), ...parameters });
    return link(`${path}?${query.toString()}`);
  };
  const body = {
    items: items.slice(offset, offset + limit).map(show),
    totalCount: items.length,
    _links: {
      self: at(offset),
      ...(offset > 0 && { first: at(0), prev: at(Math.max(0, offset - limit)) }),
      ...(offset + limit < items.length && {
        next: at(offset + limit),
        last: at(Math.floor((items.length - 1) / limit) * limit),
      }),
    },
  };
  return { status: 200, body };
}
