/**
 * The entry point that every state refers to, for ever: the serialized stub requires
 * `pulumi-launchdarkly-rotation/provider` by name and calls these functions. They may do more over time, but none of
 * them may go, and none of their parameters may change.
 */
import { accessToken } from "./credentials/accessToken/credential";
import { createProvider } from "./hosts/dynamic/provider";
import { processHost } from "./hosts/dynamic/processHost";
import { lifecycleOf } from "./lifecycle/lifecycleOf";

const provider = createProvider(processHost, lifecycleOf(accessToken));

export const { configure, check, diff, create, read, update } = provider;
const remove = provider.delete;
export { remove as delete };
