/** What Pulumi hands to a provider and gets from it. */

/** The name under which Pulumi keeps the serialized provider among the properties of every dynamic resource. */
export const PROVIDER_PROPERTY = "__provider";

/** Inputs or outputs, as Pulumi sends them. */
export type Properties = Readonly<Record<string, unknown>>;
