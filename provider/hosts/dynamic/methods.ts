/** Pulumi's lifecycle methods, as the stubs call them. */
import type { dynamic } from "@pulumi/pulumi";

import type { Properties } from "../../model/properties";

export interface Provider {
  readonly configure: (request: dynamic.ConfigureRequest) => Promise<void>;
  readonly check: (olds: Properties, news: Properties) => Promise<dynamic.CheckResult>;
  readonly diff: (id: string, olds: Properties, news: Properties) => Promise<dynamic.DiffResult>;
  readonly create: (news: Properties) => Promise<dynamic.CreateResult>;
  readonly read: (id: string, olds: Properties) => Promise<dynamic.ReadResult>;
  readonly update: (id: string, olds: Properties, news: Properties) => Promise<dynamic.UpdateResult>;
  readonly delete: (id: string, olds: Properties) => Promise<void>;
}
