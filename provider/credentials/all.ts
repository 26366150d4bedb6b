/** The list of credentials. */
import type { Credential } from "../model/credential";
import { accessToken } from "./accessToken/credential";
import { mobileKey } from "./mobileKey/credential";
import { relayProxyKey } from "./relayProxyKey/credential";
import { rotatingAccessToken } from "./rotatingAccessToken/credential";
import { rotatingMobileKey } from "./rotatingMobileKey/credential";
import { rotatingSdkKey } from "./rotatingSdkKey/credential";
import { sdkKey } from "./sdkKey/credential";

export const credentials: readonly Credential[] = [
  accessToken,
  sdkKey,
  mobileKey,
  relayProxyKey,
  rotatingAccessToken,
  rotatingSdkKey,
  rotatingMobileKey,
];
