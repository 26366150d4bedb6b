/** Where a run of a token that the stack owns begins, what may go wrong with it, and at which accounts. */
import type { Fault, PlannedFault } from "../../../sandbox/faults";
import type { OpenQuestions } from "../../../sandbox/openQuestions";
import { nothing, type OwnedProvider, type Run } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";

const status = (code: number, body?: string): Fault => {
  return { kind: "status", status: code, headers: { "Retry-After": "0" }, ...(body !== undefined && { body }) };
};

/** Lost before and after it is carried out, refused, rate-limited, unreadable. */
export const FAULTS: Pick<PlannedFault, "when" | "fault">[] = [
  { when: "before", fault: { kind: "drop" } },
  { when: "after", fault: { kind: "drop" } },
  ...[400, 401, 403, 404, 409, 422, 429, 500, 503].map((code) => ({ when: "before" as const, fault: status(code) })),
  { when: "after", fault: status(500) },
  { when: "after", fault: status(503) },
  { when: "after", fault: { kind: "truncate" } },
  { when: "after", fault: { kind: "notJson" } },
  { when: "after", fault: status(200, '{"token":"ab12"}') },
];

/** One of each kind of these: where accounts differ, they don't differ by the status of a refusal. */
export const FEW_FAULTS = FAULTS.filter(
  ({ fault }) => fault.kind !== "status" || [403, 429].includes(fault.status) || fault.body !== undefined,
);

/** What goes wrong with every request of one run, from a request on. */
export const OUTAGES: Pick<PlannedFault, "when" | "fault">[] = [
  { when: "before", fault: { kind: "drop" } },
  { when: "after", fault: { kind: "drop" } },
  { when: "before", fault: status(403) },
  { when: "after", fault: status(503) },
];

export interface Scenario {
  /** Brings the resource to where the run begins. */
  prepare(subject: OwnedProvider): Promise<Run>;
  news(subject: OwnedProvider): Properties;
  /** How many tokens the stack needs while it runs, at the most. */
  readonly needed: number;
  /** How many tokens it makes if nothing goes wrong. */
  readonly makes: number;
  /** Whether the key that is held before lives on. */
  readonly keeps: boolean;
}

const created = async (subject: OwnedProvider): Promise<Run> => {
  return { state: await subject.upUntilDone(nothing, subject.inputs()), error: undefined };
};
const rotated = async (subject: OwnedProvider): Promise<Run> => {
  const state = await subject.upUntilDone(await created(subject), subject.inputs({ triggers: { a: 2 } }));
  return { state, error: undefined };
};

export const scenarios: Readonly<Record<string, Scenario>> = {
  "the first up": {
    prepare: () => Promise.resolve(nothing),
    news: ({ inputs }) => inputs(),
    needed: 1,
    makes: 1,
    keeps: false,
  },
  "a rotation": {
    prepare: created,
    news: ({ inputs }) => inputs({ triggers: { a: 2 } }),
    needed: 2,
    makes: 1,
    keeps: true,
  },
  "a rotation with immediate": {
    prepare: created,
    news: ({ inputs }) => inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }),
    needed: 2,
    makes: 1,
    keeps: false,
  },
  "a rotation in the grace of another one": {
    prepare: rotated,
    news: ({ inputs }) => inputs({ triggers: { a: 3 } }),
    needed: 3,
    makes: 1,
    keeps: true,
  },
  "a longer grace": {
    prepare: rotated,
    news: ({ inputs }) => inputs({ triggers: { a: 2 }, oldKeyExpiry: "48h" }),
    needed: 2,
    makes: 0,
    keeps: true,
  },
  "a grace that is ended": {
    prepare: rotated,
    news: ({ inputs }) => inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }),
    needed: 2,
    makes: 0,
    keeps: true,
  },
  "a take-over": {
    prepare: () => Promise.resolve(nothing),
    news({ sandbox, inputs }) {
      const { id, key } = sandbox.createToken({ name: "by hand", role: "writer" });
      return inputs({ initialToken: key, initialTokenId: id });
    },
    needed: 1,
    makes: 0,
    keeps: true,
  },
  "settings that are edited": {
    prepare: created,
    news: ({ inputs }) => inputs({ role: "reader", description: "edited" }),
    needed: 1,
    makes: 0,
    keeps: true,
  },
};

export const ACCOUNTS: Readonly<Record<string, Partial<OpenQuestions>>> = {
  "an account": {},
  "an account that knows no expiry": { knowsTokenExpiry: false },
  "an account that takes an expiry that has passed": { acceptsPastTokenExpiry: true, isTokenResetGone: true },
};
