/** update: rotates if that is due, or finishes what the last run left undone. */
import type { UpdateResult } from "@pulumi/pulumi/dynamic";

import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import { stateOutputs } from "../model/stateOutputs";
import { bring } from "../rotation/bring";
import type { Call } from "../rotation/call";
import { goingOn } from "../rotation/repeatedCall";
import { dueName } from "../run/progress";
import { readInputs } from "./inputs";
import { readState } from "./state";

/**
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function update(call: Call, olds: Properties, news: Properties): Promise<UpdateResult> {
  const { credential } = call;
  const inputs = readInputs(credential, news);
  const given = readState(credential, olds);
  const outs = await goingOn(call.session, dueName(credential, given.identity), given, (from = given, isRepeat) =>
    bring(call, { inputs, state: from, isRepeat, provider: news[PROVIDER_PROPERTY] }),
  );
  return { outs: stateOutputs(credential, outs) };
}
