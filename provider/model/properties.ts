/** What Pulumi hands to a provider and gets from it. */

/** The name under which Pulumi keeps the serialized provider among the properties of every dynamic resource. */
export const PROVIDER_PROPERTY = "__provider";

/** The note by which a program tells the provider that the run is a preview. */
export const PREVIEW_PROPERTY = "__preview";

/** The note by which a program tells the provider the resource's URN. */
export const URN_PROPERTY = "__urn";

/** The note by which a program tells the provider the names of settings that it does not know. */
export const SETTINGS_PROPERTY = "__settings";

/** Inputs or outputs, as Pulumi sends them. */
export type Properties = Readonly<Record<string, unknown>>;
