/** What a program tells the provider of a resource besides its inputs. The provider's check takes the hints off again. */
import * as pulumi from "@pulumi/pulumi";

import { isMocked } from "./mocks";
import { OWNER_PROPERTY, PREVIEW_PROPERTY, SETTINGS_PROPERTY, URN_PROPERTY } from "./properties";

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
