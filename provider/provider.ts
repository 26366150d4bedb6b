/**
 * The entry point that every state refers to, for ever: the serialized stub requires
 * `pulumi-launchdarkly-rotation/provider` by name and calls these functions. They may do more over time, but none of
 * them may go, and none of their parameters may change.
 */
import { createProvider } from "./lifecycle/provider";
import { processSurroundings } from "./lifecycle/surroundings";

const provider = createProvider(processSurroundings);

export const { configure, check, diff, create, read, update } = provider;
const remove = provider.delete;
export { remove as delete };
