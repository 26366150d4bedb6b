/** create: the first rotation of a token by this stack. */
import type { CreateResult } from "@pulumi/pulumi/dynamic";

import { initialState } from "../rotation/nextState";
import { FIRST_ROTATION } from "../rotation/rotationReason";
import { type Properties, PROVIDER_PROPERTY, readInputs } from "./inputs";
import { rotate } from "./rotate";
import type { Session } from "./session";
import { unchanged } from "./unchanged";

export async function create(news: Properties, session: Session): Promise<CreateResult> {
  const inputs = readInputs(news);
  const found = await unchanged(inputs.tokenId, async () => {
    // First, because its failure says most plainly that the key is wrong.
    await session.admin();
    return session.client.getAccessToken(inputs.tokenId);
  });
  const outs = await rotate(session, {
    inputs,
    state: initialState(inputs.tokenId, inputs.triggers, found),
    reason: FIRST_ROTATION,
    provider: news[PROVIDER_PROPERTY],
  });
  return { id: inputs.tokenId, outs };
}
