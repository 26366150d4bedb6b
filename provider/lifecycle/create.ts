/** create: the first rotation of a token by this stack, or the take-over of the key that is in use. */
import type { CreateResult } from "@pulumi/pulumi/dynamic";

import { initialState } from "../decisions/nextState";
import { FIRST_ROTATION } from "../decisions/rotationReason";
import { adopt } from "../rotation/adopt";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import { readInputs } from "./inputs";
import { rotate } from "../rotation/rotate";
import type { Session } from "../run/session";
import { unchanged } from "../rotation/unchanged";

export async function create(news: Properties, session: Session): Promise<CreateResult> {
  const inputs = readInputs(news);
  const { tokenId, triggers, initialToken } = inputs;
  if (initialToken !== undefined) return { id: tokenId, outs: await adopt(session, inputs, initialToken) };

  const found = await unchanged(tokenId, async () => {
    // First, because its failure says most plainly that the key is wrong.
    await session.admin();
    return session.client.getAccessToken(tokenId);
  });
  const outs = await rotate(session, {
    inputs,
    state: initialState(tokenId, triggers, found),
    reason: FIRST_ROTATION,
    provider: news[PROVIDER_PROPERTY],
  });
  return { id: tokenId, outs };
}
