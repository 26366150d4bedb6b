/** An additional SDK key of an environment that the stack owns. */
import { ownedKey } from "../ownedKey/credential";

export const rotatingSdkKey = ownedKey({
  className: "RotatingSdkKey",
  kind: "sdk",
  noun: "SDK key",
  output: "sdkKey",
  grace: { milliseconds: 24 * 60 * 60_000 },
  resetClass: "SdkKeyRotation",
});
