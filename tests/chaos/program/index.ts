import { readFileSync } from "node:fs";
import path from "node:path";

import type { Output } from "@pulumi/pulumi";
import * as rotations from "pulumi-launchdarkly-rotation";

/** What the cycle asks for: written by the chaos run before every `pulumi up`. */
const resources = JSON.parse(readFileSync(path.join(__dirname, "cycle.json"), "utf8")) as {
  name: string;
  className: string;
  key: string;
  inputs: object;
  aliases?: string[];
}[];

type Rotation = new (name: string, inputs: object, options: object) => Record<string, Output<string>>;
const classes: Readonly<Record<string, unknown>> = { ...rotations };

export const keys = Object.fromEntries(
  resources.map(({ name, className, key, inputs, aliases = [] }) => {
    const options = { aliases: aliases.map((alias) => ({ name: alias })) };
    const rotation = new (classes[className] as Rotation)(name, inputs, options);
    return [name, rotation[key]];
  }),
);
