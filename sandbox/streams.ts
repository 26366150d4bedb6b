/** The event streams that stay open: each until its key is refused, or its consumer leaves. */
import type { Response } from "express";

import type { ServerEvent } from "./result";

export interface Streams {
  /** Keeps a stream whose first event was sent. */
  add(response: Response, isAccepted: () => boolean): void;
  /** Says that a stream has ended. Returns whether there was one. */
  remove(response: Response): boolean;
  /** Sends every stream an event. */
  send(event: ServerEvent): void;
  /** Ends the streams whose keys are refused by now. To be called when that may have changed, but for the time. */
  endRefused(): void;
  count(): number;
}

/** Timers know no longer time. */
const LONGEST_MS = 2 ** 31 - 1;

/** @param untilNextEnd how many milliseconds there are until the next key expires; undefined if none does */
export function createStreams(untilNextEnd: () => number | undefined): Streams {
  const open = new Map<Response, () => boolean>();
  let timer: NodeJS.Timeout | undefined;

  function endRefused(): void {
    clearTimeout(timer);
    for (const [response, isAccepted] of open) if (!isAccepted()) response.end();
    const milliseconds = open.size > 0 ? untilNextEnd() : undefined;
    if (milliseconds !== undefined) timer = setTimeout(endRefused, Math.min(milliseconds, LONGEST_MS)).unref();
  }

  return {
    add(response, isAccepted) {
      open.set(response, isAccepted);
      endRefused();
    },
    remove: (response) => open.delete(response),
    send(event) {
      for (const response of open.keys()) if (!response.writableEnded) response.write(textOf(event));
    },
    endRefused,
    count: () => [...open.keys()].filter(({ writableEnded }) => !writableEnded).length,
  };
}

/** Source of the form: the HTML standard, "Server-sent events". */
export function textOf({ event, data }: ServerEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
