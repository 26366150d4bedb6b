/** What programs import. */
export { AccessTokenRotation, type AccessTokenRotationArgs } from "./credentials/accessToken/resource";
export { MobileKeyRotation, type MobileKeyRotationArgs } from "./credentials/mobileKey/resource";
export { RelayProxyKeyRotation, type RelayProxyKeyRotationArgs } from "./credentials/relayProxyKey/resource";
export type { BaseRole, PreviousToken, RotatingAccessTokenArgs } from "./credentials/rotatingAccessToken/args";
export { RotatingAccessToken } from "./credentials/rotatingAccessToken/resource";
export { SdkKeyRotation, type SdkKeyRotationArgs } from "./credentials/sdkKey/resource";
export {
  findAccessToken,
  findAccessTokenOutput,
  type FindAccessTokenArgs,
  type FindAccessTokenOutputArgs,
  type FoundAccessToken,
} from "./lookup/findAccessToken";
export type { PolicyStatement } from "./resource/policyStatement";
export type { GraceArgs, RotationArgs } from "./resource/rotation";
export type { Triggers } from "./resource/triggers";
