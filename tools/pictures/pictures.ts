/** The pictures that are drawn by hand, by their files; docs/rotation.svg is what the demo measures. */
import { lifeOfAKey } from "./lifeOfAKey";
import { wayOfACall } from "./wayOfACall";

export const pictures: Readonly<Record<string, () => string>> = {
  "docs/life-of-a-key.svg": lifeOfAKey,
  "docs/way-of-a-call.svg": wayOfACall,
};
