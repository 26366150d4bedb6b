/** An additional mobile key of an environment that the stack owns. */
import { ownedKey } from "../ownedKey/credential";

export const rotatingMobileKey = ownedKey({
  className: "RotatingMobileKey",
  kind: "mobile",
  noun: "mobile key",
  output: "mobileKey",
  grace: { milliseconds: 90 * 24 * 60 * 60_000 },
  resetClass: "MobileKeyRotation",
});
