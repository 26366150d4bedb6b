/** create: the first rotation by this stack, or the take-over of the key that is in use. */
import type { CreateResult } from "@pulumi/pulumi/dynamic";

import { FIRST_ROTATION } from "../decisions/rotationReason";
import { idOf, subject } from "../messages/naming";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import { resourceId, stateOutputs } from "../model/stateOutputs";
import { adopt } from "../rotation/adopt";
import type { Call } from "../rotation/call";
import { firstState } from "../rotation/look";
import { rotate } from "../rotation/rotate";
import { unchanged } from "../rotation/unchanged";
import { readInputs } from "./inputs";

export async function create(call: Call, news: Properties): Promise<CreateResult> {
  const { credential, session } = call;
  const inputs = readInputs(credential, news);
  const { identity, initialKey } = inputs;
  const id = resourceId(credential, identity);
  if (credential.isReadable || initialKey !== undefined) {
    return { id, outs: stateOutputs(credential, await adopt(call, inputs)) };
  }
  const found = await unchanged(subject(credential.wording, idOf(identity)), async () => {
    // First, because its failure says most plainly that the key is wrong.
    await session.admin();
    return session.client.look(credential, identity);
  });
  const state = await rotate(call, {
    inputs,
    state: firstState(call, inputs, found),
    reason: FIRST_ROTATION,
    provider: news[PROVIDER_PROPERTY],
  });
  return { id, outs: stateOutputs(credential, state) };
}
