/** A file that holds the key, readable for its owner alone: the smallest consumer there is. */
import { renameSync, rmSync, writeFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";

interface KeyFileInputs {
  readonly path: string;
  readonly key: string;
}

/** Pulumi keeps this object's code in the state, so it uses nothing but Node's own modules. */
const provider: pulumi.dynamic.ResourceProvider<KeyFileInputs, KeyFileInputs> = {
  create: (inputs) => {
    write(inputs);
    return Promise.resolve({ id: inputs.path, outs: inputs });
  },
  diff: (_id, olds, news) =>
    Promise.resolve({
      changes: olds.key !== news.key || olds.path !== news.path,
      replaces: olds.path === news.path ? [] : ["path"],
    }),
  update: (_id, _olds, inputs) => {
    write(inputs);
    return Promise.resolve({ outs: inputs });
  },
  delete: (path) => {
    rmSync(path, { force: true });
    return Promise.resolve();
  },
};

/** In one step, so that a reader finds the old key or the new one, and never half of one. */
function write({ path, key }: KeyFileInputs): void {
  writeFileSync(`${path}.new`, key, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export interface KeyFileArgs {
  readonly path: pulumi.Input<string>;
  readonly key: pulumi.Input<string>;
}

export class KeyFile extends pulumi.dynamic.Resource {
  constructor(name: string, args: KeyFileArgs, options?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args }, pulumi.mergeOptions(options, { additionalSecretOutputs: ["key"] }));
  }
}
