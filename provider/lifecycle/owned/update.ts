/** update: rotates an owned token if that is due, or does what is left to do. */
import type { UpdateResult } from "@pulumi/pulumi/dynamic";

import { newName } from "../../messages/owned/naming";
import { urnIn } from "../../model/mark";
import { ownedOutputs } from "../../model/ownedOutputs";
import { type Properties, PROVIDER_PROPERTY } from "../../model/properties";
import { bringOwned } from "../../rotation/owned/bring";
import { goingOn } from "../../rotation/repeatedCall";
import { sessionOnRow } from "../../run/rows";
import type { Session } from "../../run/session";
import { readInputs } from "../inputs";
import { noteState } from "./replacement";
import { readOwnedState, reading } from "./state";

/**
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function update(run: Session, olds: Properties, news: Properties): Promise<UpdateResult> {
  const inputs = readInputs(reading, news);
  const session = sessionOnRow(run, { urn: urnIn(inputs.owner), name: newName(inputs) });
  const given = readOwnedState(olds);
  const provider = news[PROVIDER_PROPERTY];
  const outs = await goingOn(session, inputs.owner, given, (state = given) =>
    bringOwned(session, { inputs, state, provider }),
  );
  noteState(session.progress, inputs, outs);
  return { outs: ownedOutputs(outs) };
}
