/** What the CLI runs. */
import { declareResources } from "./resources";

export const keys = declareResources();
