/** Draws a timeline for the terminal. */
import {
  type CredentialLife,
  describe,
  describeUses,
  type KeyLife,
  type Mark,
  marks,
  marksOf,
  seconds,
  type Timeline,
} from "./timeline";

const LABEL = "key …0000  ".length;
const signs: Record<Mark["kind"], string> = { reset: "R", creation: "C", switch: "S", death: "X" };

/** Tells the column of a point in time. */
type Column = (at: number) => number;

/** @param columns the width of the terminal */
export function timelineText(timeline: Timeline, columns: number): string {
  const width = Math.max(40, Math.min(columns, 110)) - LABEL - 1;
  const { from, until, credentials } = timeline;
  const column = (at: number) => Math.round(((at - from) / (until - from)) * (width - 1));
  return [
    ...credentials.flatMap((credential) => [...rows(credential, until, width, column), ""]),
    "█ in use   ░ accepted, not in use   R reset   C creation   S switch   X end of a key",
    "",
    ...marks(timeline).map((mark) => {
      return `${seconds(timeline, mark.at).padStart(7)}  ${signs[mark.kind]}  ${describe(mark)}`;
    }),
    "",
    ...credentials.map(describeUses),
  ].join("\n");
}

function rows(credential: CredentialLife, until: number, width: number, column: Column): string[] {
  const ruler = Array<string>(width).fill(" ");
  for (const { at, kind } of marksOf(credential)) {
    let place = column(at);
    while (ruler[place] !== " " && place < width - 1) place++;
    ruler[place] = signs[kind];
  }
  return [
    `${credential.name}, used by a ${credential.user}`,
    ...credential.keys.map((key) => `key …${key.ending}  ${bar(key, until, width, column)}`),
    `${" ".repeat(LABEL)}${ruler.join("")}`.trimEnd(),
  ];
}

function bar(key: KeyLife, until: number, width: number, column: Column): string {
  const cells = Array.from({ length: width }, (_, cell) => {
    if (cell < column(key.bornAt) || cell > column(key.expiresAt ?? until)) return " ";
    const isUsed = key.usedFrom !== undefined && cell >= column(key.usedFrom) && cell <= column(key.usedUntil ?? until);
    return isUsed ? "█" : "░";
  });
  return cells.join("").trimEnd();
}
