/** What programs import. */
export { AccessTokenRotation, type AccessTokenRotationArgs } from "./resource/accessTokenRotation";
