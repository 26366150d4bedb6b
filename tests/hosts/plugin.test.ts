/** The plugin holds what every host has to hold, in its own process. */
import { holdTheContract } from "./contract";
import { pluginHost } from "./pluginHost";

holdTheContract(pluginHost);
