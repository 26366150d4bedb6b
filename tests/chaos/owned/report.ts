/** What the report of a chaos run tells of the resources that own their token. */
import type { OwnedResult } from "./cycle";

const ROWS: readonly (readonly [count: keyof OwnedResult, what: string])[] = [
  ["rotations", "first tokens and rotations that were due"],
  ["takeOvers", "tokens taken over"],
  ["destroyed", "resources destroyed"],
  ["replaced", "resources replaced, by `--replace` or a taint"],
  ["renamed", "resources renamed, with an alias"],
  ["moved", "resources renamed, without an alias"],
  ["reparented", "resources that got other parents, without an alias"],
  ["handedOver", "tokens that another resource took over"],
  ["foreignEnds", "current tokens that had an end of somebody else's"],
  ["restored", "states restored"],
  ["created", "tokens created"],
  ["lost", "tokens whose answer was lost or late"],
  ["retired", "ends given to tokens, or changed"],
  ["deleted", "tokens deleted"],
  ["strays", "of these, tokens that no state ever held"],
  ["withoutExpiry", "cycles in an account that knows no expiry"],
  ["limits", "runs that met the account's limit of tokens"],
  ["named", "tokens that a person was asked to delete"],
  ["forgotten", "tokens forgotten"],
];

export function ownedReportRows(owned: OwnedResult): string {
  if (owned.created + owned.takeOvers === 0) return "";
  const rows = ROWS.map(([count, what]) => `| ${what} | ${owned[count]} |`);
  return ["", "| what the stack owns | count |", "| --- | --- |", ...rows].join("\n");
}
