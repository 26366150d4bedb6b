/** Draws a timeline for the terminal. */
import { describe, type KeyLife, type Mark, marks, seconds, type Timeline } from "./timeline";

const LABEL = "key …0000  ".length;
const signs: Record<Mark["kind"], string> = { reset: "R", switch: "S", death: "X" };

/** @param columns the width of the terminal */
export function timelineText(timeline: Timeline, columns: number): string {
  const width = Math.max(40, Math.min(columns, 110)) - LABEL - 1;
  const column = (at: number) => Math.round(((at - timeline.from) / (timeline.until - timeline.from)) * (width - 1));
  const events = marks(timeline);

  const ruler = Array<string>(width).fill(" ");
  for (const { at, kind } of events) {
    let place = column(at);
    while (ruler[place] !== " " && place < width - 1) place++;
    ruler[place] = signs[kind];
  }
  return [
    ...timeline.keys.map((key) => `key …${key.ending}  ${bar(key, timeline, width, column)}`),
    `${" ".repeat(LABEL)}${ruler.join("")}`.trimEnd(),
    "",
    "█ in use by the consumer   ░ accepted, not in use   R reset   S switch   X end of a key",
    "",
    ...events.map((mark) => `${seconds(timeline, mark.at).padStart(7)}  ${signs[mark.kind]}  ${describe(mark)}`),
    "",
    `The consumer called ${timeline.calls} times. Rejected calls: ${timeline.rejected}`,
  ].join("\n");
}

function bar(key: KeyLife, { until }: Timeline, width: number, column: (at: number) => number): string {
  const cells = Array.from({ length: width }, (_, cell) => {
    if (cell < column(key.bornAt) || cell > column(key.expiresAt ?? until)) return " ";
    const isUsed = key.usedFrom !== undefined && cell >= column(key.usedFrom) && cell <= column(key.usedUntil ?? until);
    return isUsed ? "█" : "░";
  });
  return cells.join("").trimEnd();
}
