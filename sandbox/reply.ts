/** Sends an answer, or what a planned fault makes of it. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import type { Response } from "express";

import type { Fault } from "./faults";
import { codeOf, type Result } from "./result";
import { textOf } from "./streams";

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

/** @returns whether it stays open, as a stream of events */
export async function send(response: Response, result: Result, fault: Fault | undefined): Promise<boolean> {
  const text = result.body === undefined ? "" : JSON.stringify(withErrorId(result.status, result.body));
  response.status(result.status);
  if (text !== "") response.type("application/json");
  switch (fault?.kind) {
    case "drop":
      response.socket?.destroy();
      return false;
    case "hang":
      await once(response, "close");
      return false;
    case "status":
      response.status(fault.status).set(fault.headers ?? {});
      response.type("application/json").end(fault.body ?? JSON.stringify(planned(fault.status)));
      return false;
    case "truncate":
      response.set("Content-Length", String(Buffer.byteLength(text)));
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.socket?.destroy());
      return false;
    case "notJson":
      response.type("text/html").end("<html><body>Bad gateway</body></html>");
      return false;
    case "alter":
      response.end(JSON.stringify({ ...result.body, ...fault.fields }));
      return false;
    case "delay":
    case "hold":
      await lateness(fault);
      break;
    case undefined:
      break;
  }
  if (result.firstEvent === undefined) {
    response.end(text);
    return false;
  }
  response.type("text/event-stream").write(textOf(result.firstEvent()));
  return true;
}
