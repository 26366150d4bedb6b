/** Where a run of a resource begins, of whichever kind, what may go wrong with it, and at which accounts. */
import type { Fault, PlannedFault } from "../../sandbox/faults";
import type { OpenQuestions } from "../../sandbox/openQuestions";
import { type KindProvider, nothing, type Run } from "../support/kindProvider";
import type { AnyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";

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

/** How many keys there may be beyond those that a run makes: none, where LaunchDarkly shows a key again. */
export const mostExtra = ({ losesKeys }: AnyKind) => (losesKeys ? 1 : 0);

/** What a program asks for, and the key that people hold, if the state does not have it. */
export interface Asked {
  readonly news: Properties;
  readonly held?: unknown;
}

export interface Scenario {
  /** Whether it can come about. */
  readonly concerns: (kind: AnyKind) => boolean;
  /** Brings the resource to where the run begins. */
  prepare(provider: KindProvider): Promise<Run>;
  ask(provider: KindProvider): Asked;
  /** How many records the stack needs while it runs, at the most, where it owns them. */
  readonly needed: number;
  /** How many keys it makes if nothing goes wrong. */
  readonly makes: (kind: AnyKind) => number;
  /** Whether the key that is held before lives on. */
  readonly keeps: (kind: AnyKind) => boolean;
  /** Whether the end of the previous record comes to be later than it was. */
  readonly prolongs?: boolean;
}

const created = async (provider: KindProvider): Promise<Run> => {
  return { state: await provider.upUntilDone(nothing, provider.inputs()), error: undefined };
};
const rotated = async (provider: KindProvider, more: Properties = {}): Promise<Run> => {
  const news = provider.inputs({ triggers: { a: 2 }, ...more });
  return { state: await provider.upUntilDone(await created(provider), news), error: undefined };
};
const any = () => true;
const isOwned = ({ credential }: AnyKind) => credential.strategy === "replace";
const hasGrace = ({ graces }: AnyKind) => graces.length > 0;
const once = () => 1;
const never = () => 0;

export const scenarios: Readonly<Record<string, Scenario>> = {
  "the first up": {
    concerns: any,
    prepare: () => Promise.resolve(nothing),
    // People have the key of a record that exists.
    ask({ kind, subject, inputs }) {
      return { news: inputs(), ...(!isOwned(kind) && { held: subject.takeOver().key }) };
    },
    needed: 1,
    makes: ({ beginsWithKey }) => (beginsWithKey ? 1 : 0),
    keeps: (kind) => !kind.beginsWithKey || hasGrace(kind),
  },
  "a rotation": {
    concerns: any,
    prepare: created,
    ask: ({ inputs }) => ({ news: inputs({ triggers: { a: 2 } }) }),
    needed: 2,
    makes: once,
    keeps: hasGrace,
  },
  "a rotation with immediate": {
    concerns: hasGrace,
    prepare: created,
    ask: ({ inputs }) => ({ news: inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }) }),
    needed: 2,
    makes: once,
    keeps: () => false,
  },
  "a rotation in the grace of another one": {
    concerns: hasGrace,
    prepare: (provider) => rotated(provider),
    ask: ({ inputs }) => ({ news: inputs({ triggers: { a: 3 } }) }),
    needed: 3,
    makes: once,
    keeps: any,
  },
  "a longer grace": {
    concerns: isOwned,
    // What a class gives by itself may be longer than what is asked for.
    prepare: (provider) => rotated(provider, { oldKeyExpiry: "1h" }),
    ask: ({ inputs }) => ({ news: inputs({ triggers: { a: 2 }, oldKeyExpiry: "48h" }) }),
    needed: 2,
    makes: never,
    keeps: any,
    prolongs: true,
  },
  "a grace that is ended": {
    concerns: isOwned,
    prepare: (provider) => rotated(provider),
    ask: ({ inputs }) => ({ news: inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }) }),
    needed: 2,
    makes: never,
    keeps: any,
  },
  "a take-over": {
    // One that is reset and can be read begins so anyway.
    concerns: ({ credential, beginsWithKey }) => credential.strategy === "replace" || beginsWithKey,
    prepare: () => Promise.resolve(nothing),
    ask({ subject, inputs }) {
      const { inputs: taking, key } = subject.takeOver();
      return { news: inputs(taking), held: key };
    },
    needed: 1,
    makes: never,
    keeps: any,
  },
  "settings that are edited": {
    concerns: isOwned,
    prepare: created,
    ask: ({ inputs, subject }) => ({ news: inputs(subject.place?.edited) }),
    needed: 1,
    makes: never,
    keeps: any,
  },
};

/** An account that answers LaunchDarkly's open questions in its way, and whether this kind can tell. */
export interface Account {
  readonly concerns: (kind: AnyKind) => boolean;
  readonly openQuestions: Partial<OpenQuestions>;
}

const isOwnedToken = ({ credential }: AnyKind) => credential.strategy === "replace" && credential.isAccessToken;

export const ACCOUNTS: Readonly<Record<string, Account>> = {
  "an account": { concerns: any, openQuestions: {} },
  "an account that knows no expiry": { concerns: isOwnedToken, openQuestions: { knowsTokenExpiry: false } },
  "an account that takes an expiry that has passed": {
    concerns: isOwned,
    openQuestions: { acceptsPastTokenExpiry: true, acceptsPastKeyExpiry: true, isTokenResetGone: true },
  },
};
