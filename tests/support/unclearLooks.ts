/** Answers to a look from which nothing can be concluded of a credential. */
import type { Fault } from "../../sandbox/faults";

export const unclearLooks: Readonly<Record<string, Fault>> = {
  "a 403": { kind: "status", status: 403 },
  "a 401": { kind: "status", status: 401, body: "" },
  "a 404 that is not LaunchDarkly's": { kind: "status", status: 404, body: "<html>" },
  "a 500": { kind: "status", status: 500 },
  "a page": { kind: "notJson" },
  "an answer without what was asked for": { kind: "status", status: 200, body: "{}" },
  "a dropped connection": { kind: "drop" },
};
