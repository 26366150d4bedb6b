/** An environment's default SDK key. Source: LaunchDarkly's OpenAPI description, tag Environments. */
import type { ResetCredential } from "../../model/credential";
import { grace, inputsOf, rotationInputs, withoutProof } from "../../model/inputs";
import { environmentIdentity, environmentKey, missingEnvironment } from "../environment";

export const sdkKey: ResetCredential = {
  strategy: "reset",
  ...environmentKey("apiKey"),
  className: "SdkKeyRotation",
  wording: { noun: "SDK key of environment", it: "the SDK key", missing: missingEnvironment },
  ...inputsOf(
    { ...environmentIdentity, ...rotationInputs, ...grace },
    ({ projectKey, environmentKey: environment, ...rest }) => {
      return { ...rest, ...withoutProof, identity: { projectKey, environmentKey: environment } };
    },
  ),
  outputs: { key: "sdkKey", lastFour: "sdkKeyLastFour" },
  actions: { look: "viewSdkKey", reset: "updateApiKey" },
};
