/** What LaunchDarkly answered, for a person to read and to send on: no key, no id, no name of the account. */

export interface Finding {
  readonly question: string;
  readonly answer: string;
}

/** A table in Markdown, ready for an issue. */
export function table(findings: readonly Finding[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s+/g, " ");
  return [
    "| question | answer |",
    "| -------- | ------ |",
    ...findings.map(({ question, answer }) => `| ${cell(question)} | ${cell(answer)} |`),
  ].join("\n");
}
