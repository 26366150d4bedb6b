/** read and import: what a refresh, or an import, sees of the credential. Changes nothing at LaunchDarkly. */
import { LaunchDarklyError } from "../client/errors";
import { describeNotRefreshed, describeOwnKeyUsed } from "../messages/drift";
import { describeImportProblem, describeNotImportable, describeOddId } from "../messages/run";
import { UserError } from "../messages/words";
import type { Properties } from "../model/json";
import { ownReading, refuseIfAlive } from "../rotation/ownKey";
import type { Strategy } from "../rotation/strategy";
import { seenForTakeOver } from "../rotation/takeOver";
import type { Asked, Kept, Looked } from "../rotation/work";
import { sessionAt } from "../run/home";
import { logFor } from "../run/run";
import { advised, CHECK_SETTINGS_OF_LAST_UP, type Session } from "../run/session";
import { givenTo, readState, validateInputs } from "./check";
import type { CallContext, Gone, Imported, ImportRequest, Outcome, StateRequest } from "./lifecycle";

/**
 * Takes everything from LaunchDarkly except a key that it does not show.
 *
 * @throws {UserError} if LaunchDarkly does not say what became of the credential
 */
export async function read<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  context: CallContext,
  { id, urn, olds }: StateRequest,
): Promise<Outcome | Gone> {
  const state = readState(strategy, olds);
  const session = sessionAt(context.session(), state.home);
  session.assertHome();
  try {
    const looked = await look(strategy, session, state);
    if (looked.kind === "missing") {
      const tokenId = strategy.verifiableAs(undefined, state);
      await refuseIfAlive(session, strategy.says, state, tokenId, CHECK_SETTINGS_OF_LAST_UP);
    }
    const seen = looked.state ?? state;
    const log = logFor(session.host.log, { urn, name: strategy.nameOfState(seen) });
    for (const { severity, message } of looked.said) await log(severity, message);
    return looked.state === undefined ? { kind: "gone" } : { kind: "done", id, outputs: strategy.saved(seen).outputs };
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(describeNotRefreshed(advised(error, CHECK_SETTINGS_OF_LAST_UP)));
  }
}

/** With the admin key; or, if that is dead, with the credential's own one, where that can be verified. */
async function look<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  state: State,
): Promise<Looked<State>> {
  try {
    return await strategy.look(session, state);
  } catch (refusal) {
    if (!(refusal instanceof LaunchDarklyError) || refusal.code !== "unauthorized") throw refusal;
    const own = await ownReading(session.client, state.key, strategy.verifiableAs(undefined, state));
    if (own === undefined) throw refusal;
    const looked = await strategy.look(session, state, own);
    const isSeen = looked.kind !== "unseen";
    const warning = describeOwnKeyUsed(strategy.says, isSeen, advised(refusal, CHECK_SETTINGS_OF_LAST_UP));
    return { ...looked, said: [warning, ...looked.said] };
  }
}

/** @throws {UserError} if LaunchDarkly does not show the key, or not now */
export async function importExisting<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  context: CallContext,
  { id, owner }: ImportRequest,
): Promise<Imported> {
  const { says, import: way } = strategy;
  if (way === undefined) throw new UserError(describeNotImportable(says.it, strategy.takeOverInputs));
  const news = { ...partsOf(id, way.parts), ...way.besides };
  const read = validateInputs(strategy, givenTo(strategy, { news, owner }));
  if ("problems" in read) throw new UserError(read.problems.join("\n"));
  const { inputs } = read;
  const session = context.session();
  try {
    const { found, key } = await seenForTakeOver(strategy, session, inputs);
    const { accountId } = await session.admin().catch(() => ({ accountId: undefined }));
    // Which triggers it begins with is the program's to say, and that asks for no rotation.
    const state = { ...found.state(key, accountId ?? null), baselinePending: true };
    const { id: own, outputs } = strategy.saved(state);
    return { kind: "done", id: own, outputs, inputs: way.inputsOf(state) };
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(describeImportProblem(error.message));
  }
}

function partsOf(id: string, names: readonly string[]): Properties {
  const parts = id.split("/");
  if (parts.length !== names.length || parts.includes("")) throw new UserError(describeOddId(names));
  return Object.fromEntries(names.map((name, index) => [name, parts[index]]));
}
