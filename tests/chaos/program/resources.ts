/** The resources that the cycle asks for, and their keys. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { ComponentResource, type Output, type ResourceHookBinding } from "@pulumi/pulumi";
import * as rotations from "pulumi-launchdarkly-rotation";

type Rotation = new (name: string, inputs: object, options: object) => Record<string, Output<string>>;
const classes: Readonly<Record<string, unknown>> = { ...rotations };

/** @param hooks those of every resource */
export function declareResources(hooks: ResourceHookBinding = {}) {
  // Written by the chaos run before every `pulumi up`.
  const resources = JSON.parse(readFileSync(path.join(__dirname, "cycle.json"), "utf8")) as {
    name: string;
    className: string;
    key: string;
    inputs: object;
    aliases?: string[];
  }[];
  const team = new ComponentResource("chaos:index:Team", "team");
  return Object.fromEntries(
    resources.map(({ name, className, key, inputs, aliases = [] }) => {
      const plainOf = (full: string) => full.replace("/team", "");
      const options = {
        aliases: aliases.map((alias) => ({ name: plainOf(alias) })),
        hooks,
        ...(name !== plainOf(name) && { parent: team }),
      };
      const rotation = new (classes[className] as Rotation)(plainOf(name), inputs, options);
      return [name, rotation[key]];
    }),
  );
}
