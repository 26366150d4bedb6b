/** update: rotates if that is due, or finishes what the last run left undone. */
import type { UpdateResult } from "@pulumi/pulumi/dynamic";

import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import type { State } from "../model/state";
import { stateOutputs } from "../model/stateOutputs";
import { bring } from "../rotation/bring";
import type { Call } from "../rotation/call";
import { goingOn } from "../rotation/repeatedCall";
import { dueName } from "../run/progress";
import { sessionOnRow } from "../run/rows";
import { readInputs } from "./inputs";
import { rowOf } from "./rows";
import { keeping, readState } from "./state";

/**
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function update({ credential, session }: Call, olds: Properties, news: Properties): Promise<UpdateResult> {
  const inputs = readInputs(credential, news);
  const given = readState(credential, olds);
  const call = { credential, session: sessionOnRow(session, rowOf(credential, session.progress, given)) };
  const provider = news[PROVIDER_PROPERTY];
  const outs = await goingOn<State>(call.session, {
    name: dueName(credential, given.identity),
    given,
    provider,
    ...keeping(credential),
    work: (state = given, isRepeat) => bring(call, { inputs, state, isRepeat, provider }),
  });
  return { outs: stateOutputs(credential, outs) };
}
