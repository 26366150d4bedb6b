/**
 * Rate limits of the REST API: how many requests a window lets through, for all callers, for a route and for a key.
 * SDKs and the Relay Proxy call other hosts of LaunchDarkly, and meet no limit.
 */

/** Requests a window; what is left out has no limit worth the name. */
export interface RateLimits {
  readonly global?: number;
  readonly authToken?: number;
  /** By route, such as "POST /api/v2/tokens/:id/reset". */
  readonly routes?: Readonly<Record<string, number>>;
}

/** LaunchDarkly does not publish its limits; these are never met by accident. */
const UNLIMITED = 100_000;
const WINDOW_MS = 10_000;
const NO_LIMIT: Verdict = { isAllowed: true, headers: {} };

export interface Verdict {
  readonly isAllowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimiter {
  limits: RateLimits;
  /** Counts a request and says whether it may pass. */
  count(route: string, key: string, now: number): Verdict;
}

export function createRateLimiter(limits: RateLimits): RateLimiter {
  let window = 0;
  let used = new Map<string, number>();
  const limiter: RateLimiter = {
    limits,
    count(route, key, now) {
      if (!route.includes(" /api/v2/")) return NO_LIMIT;
      const current = Math.floor(now / WINDOW_MS);
      if (current !== window) {
        window = current;
        used = new Map();
      }
      const meet = (name: string, limit = UNLIMITED) => {
        const count = (used.get(name) ?? 0) + 1;
        used.set(name, count);
        return { limit, left: limit - count };
      };
      const met = {
        Global: meet("global", limiter.limits.global),
        Route: meet(`route ${route}`, limiter.limits.routes?.[route]),
        "Auth-Token": meet(`key ${key}`, limiter.limits.authToken),
      };
      const reset = String((current + 1) * WINDOW_MS);
      return {
        isAllowed: Object.values(met).every(({ left }) => left >= 0),
        headers: {
          ...Object.fromEntries(
            Object.entries(met).flatMap(([kind, { limit, left }]) => [
              [`X-Ratelimit-${kind}-Limit`, String(limit)],
              [`X-Ratelimit-${kind}-Remaining`, String(Math.max(0, left))],
            ]),
          ),
          "X-Ratelimit-Reset": reset,
          "X-Ratelimit-Auth-Token-Reset": reset,
        },
      };
    },
  };
  return limiter;
}
