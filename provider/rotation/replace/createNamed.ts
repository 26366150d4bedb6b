/** Makes the next record under an identifier of the stack's choice: carries out the steps of decisions/replace/creationStep. */
import { LaunchDarklyError } from "../../client/errors";
import { createOperation, processCreate } from "../../client/recordRequests";
import { retrying, type Try } from "../../client/retrying";
import { namedCreationStep, type NamedCreationStep, type TakenBy } from "../../decisions/replace/creationStep";
import { lackingSettings, ownerIn, textIn, wantedSettings } from "../../decisions/replace/settings";
import { describeHiddenKey, describeTakenIdentifier, describeUnclearKey } from "../../messages/replace/outcome";
import type { CreateReply, KeyRecord, Settings } from "../../model/answers";
import { attemptFor, describe, isOrganizationKnown, textOf } from "../../model/mark";
import { sendBlocker } from "../selfRotation";
import type { Context, OwnedWork } from "./context";
import type { Creation } from "./create";

/** The most identifiers that are found taken: a stack that was made again and again has left so many. */
const MOST_TAKEN = 200;

type Identifier = NonNullable<Context["credential"]["identifier"]>;

/** @param first the sequence number of the record, if its identifier is free */
export function createNamed(
  context: Context,
  work: OwnedWork,
  identifier: Identifier,
  first: number,
): Promise<Creation> {
  const { credential, records, session } = context;
  const { client, host } = session;
  const { state, inputs, startedAt } = work;
  const owner = ownerIn(state, inputs);
  const held: KeyRecord[] = [];
  let number = first;
  let hasNamesakes = false;
  let mayBeMade = false;

  const failed = (error: Error, isLimit = false): Creation => ({
    kind: "failed",
    error,
    isLimit,
    open: mayBeMade ? [] : undefined,
    held,
    hasNamesakes,
  });

  async function send(id: string, settings: ReturnType<typeof wantedSettings>): Promise<CreateReply> {
    const asked = { ...settings, ...inputs.atCreation };
    const operation = createOperation(credential, inputs.name, asked, state.fixed, id);
    const turn = await client.turn();
    try {
      const error = await sendBlocker(host, `${credential.wording.it} was created`);
      if (error !== undefined) return { kind: "refused", error, isLimit: false };
      const { reply, key } = await client.once(turn, operation);
      return processCreate(credential, operation, reply, key, client.now());
    } finally {
      turn.end();
    }
  }

  async function look(id: string): Promise<TakenBy> {
    try {
      const record = await records.look(id, startedAt);
      if (record !== undefined) return { kind: "record", record, isOfKind: credential.isOfKind(record) };
      return { kind: "failed", error: new LaunchDarklyError("noAnswer", `LaunchDarkly does not show ${id}.`) };
    } catch (error) {
      const isGone = error instanceof LaunchDarklyError && error.code === "notFound";
      return isGone ? { kind: "nobody" } : { kind: "failed", error: error as Error };
    }
  }

  async function stepOf(id: string, attempt: string, reply: CreateReply): Promise<NamedCreationStep> {
    const isOwnerSure = isOrganizationKnown(inputs.owner);
    const wanted = { id, owner, nonce: state.nonce, number, attempt, isOwnerSure };
    const refusals = {
      anothers: new LaunchDarklyError("refused", describeTakenIdentifier(id)),
      hidden: new LaunchDarklyError("forbidden", describeHiddenKey(id)),
      unclear: new LaunchDarklyError("noAnswer", describeUnclearKey(id)),
    };
    const step = namedCreationStep(reply, undefined, wanted, refusals, client.now());
    if (step.kind !== "lookUp") return step;
    return namedCreationStep(taken(reply), await look(id), wanted, refusals, client.now());
  }

  /** A record that was made before becomes the resource's own, and as the program says. */
  async function broughtUpToDate(
    record: KeyRecord,
    attempt: string,
    settings: Settings,
  ): Promise<{ readonly record: KeyRecord; readonly settings: Settings }> {
    // A description that the program does not give is left to whoever writes it.
    const text = textIn(inputs.settings) ?? textOf(record.description);
    const wanted = { ...settings, description: describe(text, { owner, nonce: state.nonce, number, attempt }) };
    const changes = lackingSettings(credential, record, wanted);
    const changed = changes.length > 0 ? await records.change(record.id, changes) : undefined;
    return { record: changed ?? record, settings: wanted };
  }

  return retrying<Creation>(host, startedAt, async (): Promise<Try<Creation>> => {
    for (;;) {
      const id = identifier(inputs, number);
      const attempt = attemptFor(owner, inputs, number);
      const settings = wantedSettings(state, inputs, { number, attempt });
      const reply = await send(id, settings);
      const step = await stepOf(id, attempt, reply);
      switch (step.kind) {
        case "keep": {
          const { key, record, at } = step;
          const isMade = reply.kind === "created" && reply.record === record;
          try {
            const kept = isMade ? { record, settings } : await broughtUpToDate(record, attempt, settings);
            const made = { key, number, at, ...kept };
            return { kind: "done", result: { kind: "created", made, open: undefined, held, hasNamesakes } };
          } catch (error) {
            return { kind: "done", result: failed(error as Error) };
          }
        }
        case "next":
          if (step.held !== undefined) held.push(step.held);
          hasNamesakes ||= step.isNamesake;
          if (++number - first <= MOST_TAKEN) continue;
          return { kind: "done", result: failed(new LaunchDarklyError("refused", describeTakenIdentifier(id))) };
        case "fail":
          mayBeMade ||= step.mayBeMade;
          return { kind: "done", result: failed(step.error, step.isLimit) };
        case "retry":
          mayBeMade ||= step.mayBeMade;
          return { kind: "again", isRateLimited: step.isRateLimited, otherwise: () => failed(step.error) };
        case "lookUp":
          throw new Error("a look-up asks for no other one");
      }
    }
  });
}

/** A key that came without its record was made, so its identifier is taken. */
function taken(reply: CreateReply): CreateReply {
  if (reply.kind !== "created") return reply;
  const error = new LaunchDarklyError("refused", "it was made", 409);
  return { kind: "notProcessed", error, isRateLimited: false };
}
