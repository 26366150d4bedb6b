/** A server in front of the sandbox that passes every request on, each over a connection of its own. */
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";

import type { Sandbox } from "../../sandbox/sandbox";
import type { Certificate } from "./certificate";

export interface Front {
  readonly port: number;
  /** Refuses connections until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
  /** Shows another certificate from now on. */
  present(certificate: Certificate): void;
}

/** @param certificate for https; by default it speaks plain http */
export async function startFront(sandbox: Sandbox, certificate?: Certificate): Promise<Front> {
  const passOn: http.RequestListener = (request, response) => {
    // As they came: a header may have come twice.
    const { method, rawHeaders: headers } = request;
    const onward = http.request(`${sandbox.url}${request.url ?? ""}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, { ...answer.headers, connection: "close" });
      answer.pipe(response);
    });
    request.pipe(onward);
  };
  const secure = certificate && https.createServer(certificate, passOn);
  const server = secure ?? http.createServer(passOn);
  const listen = async (port: number) => {
    await once(server.listen(port, "127.0.0.1"), "listening");
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      await once(server.close(), "close");
    },
    open: () => listen(port),
    present: (other) => secure?.setSecureContext(other),
  };
}
