/** The version of this package. Written by the build (tools/build/version.mjs) when package.json has another one. */
export const version = "0.2.0";
