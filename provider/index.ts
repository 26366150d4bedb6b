/** What programs import. */
export { AccessTokenRotation, type AccessTokenRotationArgs } from "./credentials/accessToken/resource";
export { MobileKeyRotation, type MobileKeyRotationArgs } from "./credentials/mobileKey/resource";
export { RelayProxyKeyRotation, type RelayProxyKeyRotationArgs } from "./credentials/relayProxyKey/resource";
export type { PreviousToken, RotatingAccessTokenArgs } from "./credentials/rotatingAccessToken/resource";
export { RotatingAccessToken } from "./credentials/rotatingAccessToken/resource";
export { RotatingMobileKey, type RotatingMobileKeyArgs } from "./credentials/rotatingMobileKey/resource";
export { RotatingSdkKey, type RotatingSdkKeyArgs } from "./credentials/rotatingSdkKey/resource";
export type { OwnedKeyArgs, PreviousKey } from "./credentials/ownedKey/args";
export { SdkKeyRotation, type SdkKeyRotationArgs } from "./credentials/sdkKey/resource";
export {
  findAccessToken,
  findAccessTokenOutput,
  type FindAccessTokenArgs,
  type FindAccessTokenOutputArgs,
  type FoundAccessToken,
} from "./lookup/findAccessToken";
export type { BaseRole, PolicyStatement, TokenSettingsArgs } from "./credentials/tokens/args";
export type { GraceArgs, RotationArgs } from "./hosts/dynamic/rotation";
export type { Triggers } from "./hosts/dynamic/triggers";
