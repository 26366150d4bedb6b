/** Lets this process trust a certificate, as NODE_EXTRA_CA_CERTS lets a process of its own. */
import https from "node:https";

import type { Certificate } from "./certificate";

/** @returns ends the trust */
export function trust({ cert }: Certificate): () => void {
  const { ca } = https.globalAgent.options;
  https.globalAgent.options.ca = cert;
  return () => {
    https.globalAgent.options.ca = ca;
  };
}
