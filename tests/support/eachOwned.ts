/** A resource of any kind that owns its records, for every test of a file, at a sandbox whose clock stands still. */
import assert from "node:assert/strict";

import type { RecordWording } from "../../provider/model/credential";
import type { PlannedFault } from "../../sandbox/faults";
import { type KindProvider, nothing, startKindProvider } from "./kindProvider";
import type { OwnedKind } from "./kinds";
import type { Made, OwnablePlace, OwnableRecord, OwnableRoutes } from "./ownable";
import type { Properties } from "./providerProcess";

/** The names of a kind's outputs, and the words for its records. */
export interface EachOwned extends Omit<KindProvider, "kind"> {
  readonly kind: OwnedKind;
  readonly place: OwnablePlace;
  readonly routes: OwnableRoutes;
  readonly wording: RecordWording;
  /** The state after the first `up`, with nothing requested or shown since. */
  created(news?: Properties): Promise<Properties>;
  /** `up`s from a state until one succeeds. */
  upFrom(state: Properties, news: Properties): Promise<Properties>;
  /** What was shown so far. */
  said(): string;
  /** Has the next request to a route refused with a status, unless more is said. */
  fail(route: string, status: number, more?: Partial<PlannedFault>): void;
  /** The id of a state's current record, and the last four characters of its key. */
  idOf(state: Properties): string;
  lastFourOf(state: Properties): string;
  /** The ids of the previous records in a state. */
  previousOf(state: Properties): string[];
  /** The current record of a state, as the sandbox keeps it. */
  kept(state: Properties): OwnableRecord;
  /**
   * Adds a record as a killed run has left it.
   *
   * @param usedAfter so long after its creation, in milliseconds, where LaunchDarkly says so
   */
  leave(description: string, usedAfter?: number): Made;
}

/** To be called in a `describe`. Each has a grace of a day, as far as the program gives no other one. */
export function eachOwned(kind: OwnedKind): () => EachOwned {
  let provider: KindProvider;
  beforeEach(async () => {
    provider = await startKindProvider(kind);
    provider.sandbox.clock.hold();
  });
  afterEach(() => provider.stop());
  return () => withHelpers(kind, provider);
}

function withHelpers(kind: OwnedKind, provider: KindProvider): EachOwned {
  const { sandbox, shown, subject } = provider;
  const { outputs, wording } = kind.credential;
  const place = subject.place ?? assert.fail("the kind has a place");
  const inputs = (more: Properties = {}) => provider.inputs({ oldKeyExpiry: "24h", ...more });
  const idOf = (state: Properties) => String(state[outputs.id]);
  return {
    ...provider,
    ...{ kind, place, inputs, idOf, wording, routes: kind.routes },
    async created(news = inputs()) {
      const state = await provider.upUntilDone(nothing, news);
      provider.newRequests();
      shown.length = 0;
      return state;
    },
    upFrom: (state, news) => provider.upUntilDone({ state, error: undefined }, news),
    said: () => shown.join("\n"),
    fail(route, status, more = {}) {
      sandbox.faults.add({ route, when: "before", fault: { kind: "status", status }, ...more });
    },
    lastFourOf: (state) => String(state[outputs.lastFour]),
    previousOf: (state) => (state[outputs.previous] as { id: string }[]).map(({ id }) => id),
    kept: (state) => place.records().find(({ id }) => id === idOf(state)) ?? assert.fail("the record is there"),
    leave(description, usedAfter) {
      const made = place.byHand("ci");
      place.describe(made.id, description);
      if (usedAfter !== undefined) place.use(made.id, usedAfter);
      return made;
    },
  };
}
