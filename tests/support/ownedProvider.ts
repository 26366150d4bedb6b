/** A resource that owns its access token, at a sandbox, in the test's own process: what its methods get and leave. */
import type { Host } from "../../provider/run/host";
import type { SandboxOptions } from "../../sandbox/sandbox";
import { type KindProvider, startKindProvider } from "./kindProvider";
import { ownedKindOf } from "./kinds";

export { nothing, type Run } from "./kindProvider";

export const LIST = "GET /api/v2/tokens";
export const CREATE = "POST /api/v2/tokens";
export const PATCH = "PATCH /api/v2/tokens/:id";
export const DELETE = "DELETE /api/v2/tokens/:id";

export const OWNER =
  "organization/urn:pulumi:production::shop::pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken::ci";

export type OwnedProvider = KindProvider;

export function startOwnedProvider(options: SandboxOptions = {}, host: Partial<Host> = {}): Promise<OwnedProvider> {
  return startKindProvider(ownedKindOf("RotatingAccessToken"), options, host);
}
