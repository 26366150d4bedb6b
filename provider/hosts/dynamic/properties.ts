/** The names of what a dynamic resource's properties hold besides inputs and outputs. */

/** The serialized provider, which Pulumi keeps among them. Without it, a later call can't be made. */
export const PROVIDER_PROPERTY = "__provider";

/** The hint by which a program tells that the run is a preview. */
export const PREVIEW_PROPERTY = "__preview";

/** The hint by which a program tells the resource's URN. */
export const URN_PROPERTY = "__urn";

/** The hint by which a program tells the names of settings that this package does not know. */
export const SETTINGS_PROPERTY = "__settings";

/** The organization and the URN, as the class of a resource that owns its credential gives them. Kept as an input. */
export const OWNER_PROPERTY = "owner";
