/** Sends an answer, or what a planned fault makes of it. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import type { Response } from "express";

import type { Fault } from "./faults";
import { codeOf, type Result } from "./result";

/** Waits as long as the fault makes the answer late. */
export async function lateness(fault: Extract<Fault, { kind: "delay" | "hold" }>): Promise<void> {
  await (fault.kind === "delay" ? sleep(fault.milliseconds) : fault.until);
}

/** LaunchDarkly gives every error an id of its own, to speak of it with its support. */
function withErrorId(status: number, body: object): object {
  return status >= 400 ? { ...body, id: randomUUID() } : body;
}

function planned(status: number): object {
  return withErrorId(status, { code: codeOf(status), message: "Planned fault" });
}

export async function send(response: Response, result: Result, fault: Fault | undefined): Promise<void> {
  const text = result.body === undefined ? "" : JSON.stringify(withErrorId(result.status, result.body));
  response.status(result.status);
  if (text !== "") response.type("application/json");
  switch (fault?.kind) {
    case "drop":
      response.socket?.destroy();
      return;
    case "hang":
      await once(response, "close");
      return;
    case "status":
      response.status(fault.status).set(fault.headers ?? {});
      response.type("application/json").end(fault.body ?? JSON.stringify(planned(fault.status)));
      return;
    case "truncate":
      response.set("Content-Length", String(Buffer.byteLength(text)));
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.socket?.destroy());
      return;
    case "notJson":
      response.type("text/html").end("<html><body>Bad gateway</body></html>");
      return;
    case "alter":
      response.end(JSON.stringify({ ...result.body, ...fault.fields }));
      return;
    case "delay":
    case "hold":
      await lateness(fault);
      break;
    case undefined:
      break;
  }
  response.end(text);
}
