/** How messages name a setting: both of its places, as a person would type them. */

export const ACCESS_TOKEN = "launchdarkly:accessToken (or LAUNCHDARKLY_ACCESS_TOKEN)";
export const API_HOST = "launchdarkly:apiHost (or LAUNCHDARKLY_API_HOST)";
export const HTTP_TIMEOUT = "launchdarkly:httpTimeout (or LAUNCHDARKLY_HTTP_TIMEOUT)";
