import { readFileSync } from "node:fs";
import path from "node:path";

import { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

/** What the cycle asks for: written by the chaos run before every `pulumi up`. */
const { tokenIds, trigger, oldKeyExpiry } = JSON.parse(readFileSync(path.join(__dirname, "cycle.json"), "utf8")) as {
  tokenIds: string[];
  trigger: number;
  oldKeyExpiry: string;
};

export const tokens = Object.fromEntries(
  tokenIds.map((tokenId) => [
    tokenId,
    new AccessTokenRotation(tokenId, { tokenId, triggers: { cycle: trigger }, oldKeyExpiry }).token,
  ]),
);
