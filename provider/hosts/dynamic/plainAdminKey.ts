/** Warns of an admin key that is kept as plain text in the stack's configuration, for everybody who can read its file. */
import * as pulumi from "@pulumi/pulumi";

import { shared } from "../../shared";

const ADMIN_KEY = "launchdarkly:accessToken";

/** An automation program may have many runs in one process; each has a monitor of its own. */
const warnedRuns = shared("plain-admin-key/1", () => new WeakSet());

/** The SDK has it, but not in its types. Without it nothing can be told. */
const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };

/** Once per run. Keys from environment variables are not checked. */
export function warnOfPlainAdminKey(): void {
  const run: unknown = pulumi.runtime.getMonitor();
  if (typeof run !== "object" || run === null || warnedRuns.has(run)) return;
  if (!pulumi.runtime.getConfig(ADMIN_KEY)?.trim() || (isConfigSecret?.(ADMIN_KEY) ?? true)) return;
  warnedRuns.add(run);
  void pulumi.log.warn(
    `Not a secret: the configuration holds ${ADMIN_KEY} as plain text. Reset that key, and encrypt the new one: pulumi config set --secret ${ADMIN_KEY}`,
  );
}
