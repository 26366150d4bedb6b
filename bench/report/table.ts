/** The figures as a table: for a terminal, and as Markdown. */
import { digits, type Figure } from "../figure";
import { reasonFor } from "../reasons";
import type { Sample } from "../statistics";

const HEADINGS = ["figure", "measured (median, least–most)", "result", "to reach", ""];

export function textTable(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const notes = notesOf(figures);
  return [...lines, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}

export function markdownTable(figures: readonly Figure[]): string {
  const row = (words: readonly string[]) => `| ${words.join(" | ")} |`;
  const lines = [row(HEADINGS), row(HEADINGS.map(() => "---")), ...figures.map((figure) => row(cells(figure)))];
  const notes = notesOf(figures).map((note) => `- ${note}`);
  return [...lines, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}

/** What readers have to know, and why a bar is not met. */
function notesOf(figures: readonly Figure[]): string[] {
  return figures.flatMap(({ name, note, bar }) => {
    const reason = bar === undefined || bar.isMet ? undefined : reasonFor(name);
    return [
      ...(note === undefined ? [] : [`${name}: ${note}`]),
      ...(reason === undefined ? [] : [`${name} is not met. Why, as measured for docs/bench: ${reason}`]),
    ];
  });
}

function cells({ name, unit, values, result = "", bar }: Figure): string[] {
  const measured = Object.entries(values).map(([who, value]) => `${who} ${spread(value)} ${unit}`);
  const verdict = bar === undefined ? "" : bar.isMet ? "met" : "NOT MET";
  return [name, measured.join("; "), result, bar?.text ?? "", verdict];
}

function spread({ median, least, most }: Sample): string {
  return least === most ? digits(median) : `${digits(median)} (${digits(least)}–${digits(most)})`;
}
