/** A resource of the plugin in a program that has no SDK of it. */
import * as pulumi from "@pulumi/pulumi";

import { manifest } from "../../tools/plugin/committed";
import { PACKAGE } from "../../tools/plugin/names";

export class NativeResource extends pulumi.CustomResource {
  /** What every access token has. */
  declare readonly token: pulumi.Output<string>;

  constructor(className: string, name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions = {}) {
    const all = pulumi.mergeOptions({ version: manifest.version }, options);
    super(`${PACKAGE}:index:${className}`, name, { token: undefined, ...inputs }, all);
  }
}
