/** How this package names itself to LaunchDarkly. */
import { version } from "../version";

export const userAgent = `pulumi-launchdarkly-rotation/${version}`;
