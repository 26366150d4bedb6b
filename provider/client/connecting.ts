/** Node's HTTP, as axios uses it, with a bound on how long connecting may take. */
import http from "node:http";
import https from "node:https";
import type tls from "node:tls";

export interface ConnectingOptions {
  readonly connectTimeoutMs: number;
  /** Told when the connection has come about: from then on the request may arrive. */
  readonly onConnected: () => void;
}

type Request = (options: http.RequestOptions, answered: (response: http.IncomingMessage) => void) => http.ClientRequest;

/** The `transport` of one axios request. */
export function connectingWithin({ connectTimeoutMs, onConnected }: ConnectingOptions): { request: Request } {
  return {
    request(options, answered) {
      const isSecure = options.protocol === "https:";
      const request = (isSecure ? https : http).request(options, answered);
      const timer = setTimeout(() => {
        request.destroy(new Error(`no connection within ${connectTimeoutMs / 1000} s`));
      }, connectTimeoutMs);
      const connected = () => {
        clearTimeout(timer);
        onConnected();
      };
      request.once("close", () => {
        clearTimeout(timer);
      });
      // A socket of TLS, which says more of its handshake than its type does.
      request.once("socket", (socket: tls.TLSSocket & { readonly secureConnecting?: boolean }) => {
        const isPending = isSecure ? socket.secureConnecting !== false : socket.connecting;
        if (request.reusedSocket || !isPending) connected();
        else socket.once(isSecure ? "secureConnect" : "connect", connected);
      });
      return request;
    },
  };
}
