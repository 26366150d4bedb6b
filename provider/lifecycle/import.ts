/** import: what Pulumi gets to know of a credential that no state has yet. Changes nothing at LaunchDarkly. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { describeImportProblem, describeNotImportable, describeOddId } from "../messages/import";
import { UserError } from "../messages/userError";
import type { Properties } from "../model/properties";
import type { Asked, Kept, Strategy } from "../rotation/strategy";
import { seenForTakeOver } from "../rotation/takeOver";
import type { Context, Imported, ImportRequest } from "./lifecycle";

/** @throws {UserError} if LaunchDarkly does not show the key, or not now */
export async function importExisting<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  context: Context,
  { id, owner }: ImportRequest,
): Promise<Imported> {
  const { says, import: way } = strategy;
  if (way === undefined) throw new UserError(describeNotImportable(says.it, strategy.takeOverInputs));
  const inputs = way.inputs(partsOf(id, way.parts), owner);
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
