/** create: the first rotation by this stack, or the take-over of the key that is in use. */
import type { CreateResult } from "@pulumi/pulumi/dynamic";

import { FIRST_ROTATION } from "../decisions/rotationReason";
import type { Inputs } from "../model/inputs";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import type { State } from "../model/state";
import { resourceId, stateOutputs } from "../model/stateOutputs";
import { adopt } from "../rotation/adopt";
import { bring } from "../rotation/bring";
import type { Call } from "../rotation/call";
import { firstState } from "../rotation/look";
import { goingOn } from "../rotation/repeatedCall";
import { rotate } from "../rotation/rotate";
import { unchanged } from "../rotation/unchanged";
import { dueName } from "../run/progress";
import { sessionOnRow } from "../run/rows";
import { readInputs } from "./inputs";
import { newRow } from "./rows";
import { keeping } from "./state";

export async function create({ credential, session }: Call, news: Properties): Promise<CreateResult> {
  const inputs = readInputs(credential, news);
  const provider = news[PROVIDER_PROPERTY];
  const row = newRow(credential, session.progress, inputs.identity);
  const call = { credential, session: sessionOnRow(session, row) };
  const outs = await goingOn<State>(call.session, {
    name: dueName(credential, inputs.identity),
    given: undefined,
    provider,
    ...keeping(credential),
    work: (state, isRepeat) =>
      state === undefined ? begin(call, inputs, provider) : bring(call, { inputs, state, isRepeat, provider }),
  });
  return { id: resourceId(credential, inputs.identity), outs: stateOutputs(credential, outs) };
}

async function begin(call: Call, inputs: Inputs, provider: unknown): Promise<State> {
  const { credential, session } = call;
  const { identity, initialKey } = inputs;
  if (credential.isReadable || initialKey !== undefined) return adopt(call, inputs);

  const found = await unchanged(async () => {
    // First, because its failure says most plainly that the key is wrong.
    await session.admin();
    return session.client.look(credential, identity);
  });
  return rotate(call, { inputs, state: firstState(call, inputs, found), reason: FIRST_ROTATION, provider });
}
