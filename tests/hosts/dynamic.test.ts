/** The dynamic host holds what every host has to hold, in the SDK's real process. */
import { holdTheContract } from "./contract";
import { dynamicHost } from "./dynamicHost";

holdTheContract(dynamicHost);
