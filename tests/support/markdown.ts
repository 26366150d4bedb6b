/** What tests read of a page in Markdown. */

/** The rows of all tables, by the names of their columns. */
export function tableRows(page: string): Record<string, string>[] {
  const lines = page.split("\n");
  let columns: string[] | undefined;
  return lines.flatMap((line, index) => {
    if (!line.startsWith("|")) {
      columns = undefined;
      return [];
    }
    // Within a cell, a bar is escaped.
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    const texts = cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
    if (columns === undefined) columns = texts;
    else if (!/^\|[\s|:-]+$/.test(line)) return [toRow(columns, texts, index)];
    return [];
  });
}

function toRow(columns: readonly string[], texts: readonly string[], index: number): Record<string, string> {
  if (texts.length !== columns.length) throw new Error(`line ${index + 1} has ${texts.length} cells`);
  return Object.fromEntries(columns.map((column, place) => [column, texts[place] ?? ""]));
}

/** The paths of the repository that a page names in backticks: what has a slash, or an ending that files have. */
export function namedPaths(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/`([^`\s]+)`/g)]
    .map(([, text]) => text ?? "")
    .filter((text) => /^[\w.@-]+(?:\/[\w.*<>@-]*)+$|^[\w-]+\.(?:md|ts|mjs|json|yaml)$/.test(text));
}
