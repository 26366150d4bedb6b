/** Chaos runs of few cycles that meet something of everything. */
import { kinds } from "../support/kinds";
import { WHO } from "../support/routes";
import { ownedClasses } from "./owned/tokens";
import { drawPlans, type Kill, type Plan } from "./plan";

/** What the plans of a run come to, if everything goes by them. */
interface Drawn {
  /** The classes of which something rotates. */
  readonly rotating: Set<string>;
  readonly faults: Set<string>;
  destroyed: number;
  kills: number;
  /** What is waited for until it is given up, which takes long. */
  waits: number;
}

const readable = new Set(kinds.flatMap(({ credential }) => (credential.isReadable ? [credential.className] : [])));

const classOf = (name: string) => name.slice(0, name.lastIndexOf("-"));

/** Whether a kill strikes in the middle of a run, however fast it is. */
function isSure(kill: Kill | undefined): boolean {
  if (kill === undefined) return false;
  const { afterRequests, delayMs } = kill;
  return afterRequests !== undefined && afterRequests <= 1 && delayMs === 0;
}

/** @param there the names of what is in the lane's stack */
function note(plan: Plan, there: Set<string>, to: Drawn): void {
  const { credentials, owned, othersStay, kills, faults, lateReset, hooks } = plan;
  const turns = owned?.turns ?? [];
  const drawn = new Set([...credentials, ...turns.map(({ name }) => name)]);
  const leaving = [
    ...(othersStay ? [] : [...there].filter((name) => !drawn.has(name))),
    ...turns.filter(({ leaves, name }) => leaves && there.has(name)).map(({ name }) => name),
  ];
  for (const name of leaving) {
    there.delete(name);
    if (ownedClasses.includes(classOf(name))) to.destroyed++;
  }
  for (const name of credentials) {
    if (there.has(name) || !readable.has(classOf(name))) to.rotating.add(classOf(name));
    there.add(name);
  }
  for (const { name, rotates } of turns.filter(({ leaves }) => !leaves)) {
    if (there.has(name) && rotates) to.rotating.add(classOf(name));
    there.add(name);
  }
  const planned = [...faults, ...(owned?.faults ?? [])];
  for (const { fault, when } of planned) to.faults.add(`${fault.kind} ${when}`);
  if (isSure(kills[0])) to.kills++;
  to.waits += planned.filter(({ fault }) => fault.kind === "hang").length;
  if (hooks?.isSlow === true) to.waits++;
  to.waits += [lateReset, owned?.lateCreation].filter((late) => late !== undefined).length;
}

/** The first seed of a run in which everything rotates, comes and goes, under faults and a kill, and little is waited for. */
export function seedOfShortRun(cycles: number, lanes: number): number {
  for (let seed = 1; ; seed++) {
    const plans = drawPlans(seed, cycles);
    const drawn: Drawn = { rotating: new Set(), faults: new Set(), destroyed: 0, kills: 0, waits: 0 };
    for (let lane = 0; lane < lanes; lane++) {
      const there = new Set<string>();
      for (const plan of plans.filter((_, number) => number % lanes === lane)) note(plan, there, drawn);
    }
    const { rotating, faults, destroyed, kills, waits } = drawn;
    const owned = ownedClasses.filter((className) => rotating.has(className));
    // Those that are reset, tokens that the stack owns, and keys of either kind.
    const isOfAll = kinds.every(({ credential }) => rotating.has(credential.className)) && owned.length >= 2;
    const ownsToken = rotating.has("RotatingAccessToken");
    if (isOfAll && ownsToken && faults.size >= 4 && destroyed > 0 && kills > 0 && waits === 0) return seed;
  }
}

/** Those of either strategy whose new keys are proven. */
export const HOOKED_CLASSES = ["AccessTokenRotation", "RotatingAccessToken"];

/** The first seed of a cycle in which hooks never give up while new keys of both strategies stay unproven. */
export function seedOfHookedCycle(): number {
  for (let seed = 1; ; seed++) {
    const [plan] = drawPlans(seed, 1, HOOKED_CLASSES);
    if (plan !== undefined && staysUnproven(plan)) return seed;
  }
}

function staysUnproven({ credentials, owned, faults, lateReset, hooks }: Plan): boolean {
  if (hooks === undefined || hooks.isSlow || hooks.isKilled || owned === undefined) return false;
  const { turns, account, lateCreation } = owned;
  // The first request of the run is to tell whose key the stack's is.
  const stays = hooks.faults.every(({ route, skip }) => route === WHO && skip === 1);
  const makes = turns.some(({ leaves, takesOver }) => !leaves && !takesOver) && account.spareTokens === undefined;
  const isMore = [lateReset, lateCreation, ...faults, ...owned.faults].some((more) => more !== undefined);
  return stays && makes && credentials.length > 0 && !isMore;
}
