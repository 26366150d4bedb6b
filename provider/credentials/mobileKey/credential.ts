/** An environment's mobile key. Source: LaunchDarkly's OpenAPI description, tag Environments. */
import { z } from "zod";

import type { ResetCredential } from "../../model/credential";
import { inputsOf, rotationInputs, withoutProof } from "../../model/inputs";
import { environmentIdentity, environmentKey, missingEnvironment } from "../environment";

const NO_GRACE =
  "LaunchDarkly ends the old mobile key at once, and apps that are out there stop evaluating flags until they are updated";

export const mobileKey: ResetCredential = {
  strategy: "reset",
  ...environmentKey("mobileKey"),
  className: "MobileKeyRotation",
  wording: { noun: "mobile key of environment", it: "the mobile key", missing: missingEnvironment },
  ...inputsOf(
    {
      ...environmentIdentity,
      ...rotationInputs,
      oldKeyExpiry: z.undefined({ error: `is no input of MobileKeyRotation: ${NO_GRACE}` }).optional(),
    },
    ({ projectKey, environmentKey: environment, ...rest }) => {
      return { ...rest, ...withoutProof, identity: { projectKey, environmentKey: environment } };
    },
  ),
  outputs: { key: "mobileKey", lastFour: "mobileKeyLastFour" },
  actions: { reset: "updateMobileKey" },
  noGrace: "dies at once: apps that have it stop evaluating flags until they are updated.",
};
