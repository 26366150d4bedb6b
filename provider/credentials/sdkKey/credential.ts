/** An environment's default SDK key. Source: LaunchDarkly's OpenAPI description, tag Environments. */
import { z } from "zod";

import type { Credential } from "../../model/credential";
import { grace, type Inputs, rotationInputs, withoutProof } from "../../model/inputs";
import { environmentIdentity, environmentKey, missingEnvironment } from "../environment/environment";

export const sdkKey: Credential = {
  ...environmentKey("apiKey"),
  className: "SdkKeyRotation",
  wording: { noun: "SDK key of environment", it: "the SDK key", missing: missingEnvironment },
  inputs: z
    .strictObject({ ...environmentIdentity, ...rotationInputs, ...grace })
    .transform(({ projectKey, environmentKey: environment, ...rest }): Inputs => {
      return { ...rest, ...withoutProof, identity: { projectKey, environmentKey: environment } };
    }),
  outputs: { key: "sdkKey", keyEnding: "sdkKeyLastFour" },
  actions: { look: "viewSdkKey", reset: "updateApiKey" },
};
