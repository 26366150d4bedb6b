/** What programs import. */
export { findAccessToken, type FindAccessTokenArgs, type FoundAccessToken } from "./lookup/findAccessToken";
export { AccessTokenRotation, type AccessTokenRotationArgs } from "./credentials/accessToken/resource";
