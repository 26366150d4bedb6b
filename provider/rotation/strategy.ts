/**
 * How a credential rotates: what the core asks of each of its two strategies. One resets the key of a record that exists.
 * The other one creates the next record, and then ends the one before. All else is the same for both, and stands beside
 * this file and in lifecycle/.
 */
import type { Reason } from "../decisions/rotationReason";
import type { Announcement } from "../messages/announcement";
import type { Session } from "../run/session";
import type { Form } from "./form";
import type {
  AnothersKey,
  Asked,
  Deletion,
  Due,
  Foreseen,
  Issued,
  Kept,
  LeftToDo,
  Looked,
  OwnReading,
  Prepared,
  Prospective,
  Rotated,
  RotationWork,
  TakeOver,
  Work,
} from "./work";

/** @typeParam Learnt what it learns on the way, and need not ask again */
export interface Strategy<State extends Kept, Given extends Asked, Learnt> extends Form<State, Given> {
  /** Why a rotation is due; empty if none is. */
  reasons(state: State, inputs: Given, now: number): readonly Reason[];
  /** The state that a preview takes for a resource that is not there yet; undefined if its first key replaces none. */
  unmade(session: Session, inputs: Given): State | undefined;
  /**
   * Takes note of what later calls of the run have to know: in check of what the program gives, and else of the state.
   *
   * @param isNew whether this run has made the resource
   */
  note?(run: Pick<Session, "progress">, inputs: Given, state?: State, isNew?: boolean): void;
  /** Takes note that the run begins to make the resource, which may come to no key. */
  noteTry?(run: Pick<Session, "progress">, inputs: Given): void;
  /** @param changed the names of the inputs whose change replaces the resource */
  announceReplacement(state: State, inputs: Given, changed: readonly string[]): readonly Announcement[];
  announceRotation(session: () => Session, due: Due<State, Given>): Promise<readonly Announcement[]>;
  /** @throws {UserError} if the inputs ask for what can't be done */
  leftToDo(session: () => Session, prospective: Prospective<State, Given>): Promise<LeftToDo>;
  /** Asks LaunchDarkly what a preview has to know of a rotation, beside what is asked for every credential. */
  foresee(session: Session, inputs: Given, foreseen: Foreseen<State>): Promise<readonly Announcement[]>;
  /** The same of a take-over. */
  foreseeTakeOver(session: Session, inputs: Given, foreseen: Foreseen<State>): Promise<readonly Announcement[]>;

  /** The state of a new resource. Nothing is changed yet. */
  begin(session: Session, inputs: Given): Promise<Prepared<State, Learnt>>;
  /** Finds out what a decision depends on, and does what was left undone. @param isRepeat whether the call is repeated */
  settle(session: Session, work: Work<State, Given>, isRepeat: boolean): Promise<Prepared<State, Learnt>>;
  /**
   * Has LaunchDarkly make a new key. What has come is never thrown away.
   *
   * @throws {UserError} if nothing has changed
   * @throws {SavedFailure} if a key was made, or may have been, and the next run has to go on
   */
  issue(session: Session, work: RotationWork<State, Given, Learnt>): Promise<Issued<State, Learnt>>;
  /**
   * What follows once nothing is left to verify: the end of what a new key has replaced.
   *
   * @param before what the last run left
   * @param rotated undefined if this call has rotated nothing
   */
  conclude(
    session: Session,
    work: Work<State, Given> & Prepared<State, Learnt>,
    before: State,
    rotated: Rotated | undefined,
  ): Promise<State>;
  /**
   * The new key is not verified: it is another access token's, or LaunchDarkly refuses it.
   *
   * @returns undefined if nothing explains that
   */
  afterFailedVerification(
    session: Session,
    work: Work<State, Given>,
    problem: AnothersKey | "refused",
  ): Promise<State | undefined>;
  /** Why the configured key, in its grace already, must not be outlived by another rotation; undefined if it may. */
  outdated(state: State): string | undefined;

  /** @param since as for a request of the client */
  takeOver(session: Session, inputs: Given, since?: number): Promise<TakeOver<State>>;
  /**
   * What LaunchDarkly shows.
   *
   * @param own asks with the credential's own key; undefined for the admin key
   */
  look(session: Session, state: State, own?: OwnReading): Promise<Looked<State>>;
  /** The resource goes. @throws {UserError} if something of it may be left that the stack owns */
  delete(removal: Deletion<State>): Promise<void>;
}
