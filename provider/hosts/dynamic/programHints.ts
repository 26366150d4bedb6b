/** What a class does in the program: hints for the provider, and what it refuses there. */
import * as pulumi from "@pulumi/pulumi";

import { printable } from "../../model/redact";
import { shared } from "../../shared";
import { OWNER_PROPERTY, PREVIEW_PROPERTY, SETTINGS_PROPERTY, URN_PROPERTY } from "./methods";

/**
 * Pulumi shows the message of a RunError alone, unless it comes from a promise or an output that is an input: then it
 * shows the stack trace, if there is one.
 */
export function programError(text: string): Error {
  const message = text
    .split("\n")
    .map((line) => printable(line))
    .join("\n");
  return Object.assign(new pulumi.RunError(message), { stack: "" });
}

/** Whether the program runs in a unit test, with `pulumi.runtime.setMocks`. */
export function isMocked(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return typeof monitor === "object" && monitor !== null && "mocks" in monitor;
}

/** What tells a resource from all others. */
export interface Named {
  /** The name of its class: the type of the resource is `launchdarkly:<className>`. */
  readonly className: string;
  readonly name: string;
  readonly parent: pulumi.Resource | undefined;
}

/** None in a unit test: its mocks would see them. */
export function programHints(named: Named): object {
  if (isMocked()) return {};
  const settings = unknownSettings();
  return {
    [PREVIEW_PROPERTY]: pulumi.runtime.isDryRun(),
    [URN_PROPERTY]: urnOf(named),
    ...(settings.length > 0 && { [SETTINGS_PROPERTY]: settings }),
  };
}

/** The organization and the URN. None in a unit test, which as a rule has no organization. */
export function ownerOf(named: Named): object {
  if (isMocked()) return {};
  const owner = async () => `${pulumi.getOrganization()}/${await urnOf(named)}`;
  return { [OWNER_PROPERTY]: owner() };
}

const SETTING = /^launchdarkly:(?!(?:accessToken|apiHost|httpTimeout)$)/;

/**
 * The names of the settings of LaunchDarkly's that no part of this package reads, and never their values. The provider
 * can ask for a setting by its name, but not which there are.
 */
export function unknownSettings(): string[] {
  return Object.keys(pulumi.runtime.allConfig()).filter((name) => SETTING.test(name));
}

/** The URN that Pulumi will give the resource. A promise: an output would make the resource depend on its own parent. */
export function urnOf({ className, name, parent }: Named): Promise<string> {
  const urn = pulumi.createUrn(name, `pulumi-nodejs:dynamic/launchdarkly:${className}`, parent);
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}

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
