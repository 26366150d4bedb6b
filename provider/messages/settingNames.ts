/** How messages name a setting: both of its places, as a person would type them. */
import { SETTING } from "../model/settingNames";

export const ACCESS_TOKEN = `${SETTING.accessToken} (or LAUNCHDARKLY_ACCESS_TOKEN)`;
export const API_HOST = `${SETTING.apiHost} (or LAUNCHDARKLY_API_HOST)`;
export const HTTP_TIMEOUT = `${SETTING.httpTimeout} (or LAUNCHDARKLY_HTTP_TIMEOUT)`;
