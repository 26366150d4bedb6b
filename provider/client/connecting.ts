/** Node's HTTP, as axios uses it, with a bound on how long connecting may take. */
import http from "node:http";
import https from "node:https";
import type net from "node:net";

export interface ConnectingOptions {
  readonly connectTimeoutMs: number;
}

type Request = (options: http.RequestOptions, answered: (response: http.IncomingMessage) => void) => http.ClientRequest;

/**
 * The `transport` of an axios request. When the connection does not come about in time, the request fails with the
 * error of a connect that timed out, so that it counts as not sent.
 */
export function connectingWithin({ connectTimeoutMs }: ConnectingOptions): { request: Request } {
  return {
    request(options, answered) {
      const isSecure = options.protocol === "https:";
      const request = (isSecure ? https : http).request(options, answered);
      const timer = setTimeout(() => {
        const error = new Error(`no connection within ${connectTimeoutMs / 1000} s`);
        request.destroy(Object.assign(error, { code: "ETIMEDOUT", syscall: "connect" }));
      }, connectTimeoutMs);
      const done = () => {
        clearTimeout(timer);
      };
      request.once("close", done);
      request.once("socket", (socket: net.Socket) => {
        if (request.reusedSocket) done();
        else socket.once(isSecure ? "secureConnect" : "connect", done);
      });
      return request;
    },
  };
}
