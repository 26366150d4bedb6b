/** This package, as its README says to use it. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Output } from "@pulumi/pulumi";
import * as rotations from "pulumi-launchdarkly-rotation";

const { resources, handOver } = JSON.parse(readFileSync(path.join(__dirname, "asked.json"), "utf8")) as {
  resources: { name: string; className: string; key: string; inputs: object }[];
  /** Whether the keys are written to files, from which consumers take them. */
  handOver: boolean;
};

type Rotation = new (name: string, inputs: object) => Record<string, Output<string> | undefined>;
const classes: Readonly<Record<string, unknown>> = { ...rotations };

function write(name: string, key: string): string {
  const file = path.join(__dirname, `${name}.key`);
  writeFileSync(`${file}.new`, key, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return key;
}

export const keys = Object.fromEntries(
  resources.map(({ name, className, key, inputs }) => {
    const output = new (classes[className] as Rotation)(name, inputs)[key];
    return [name, handOver ? output?.apply((value) => write(name, value)) : output];
  }),
);
