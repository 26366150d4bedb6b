/** Inputs or outputs, as a host hands them over. */
export type Properties = Readonly<Record<string, unknown>>;
