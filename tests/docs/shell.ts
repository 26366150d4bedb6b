/** The commands in a block of shell, as far as documentation needs it: no loops, no substitutions. */

/** The names that blocks of shell go by. */
export const SHELL = ["sh", "bash", "shell", "console"];

export interface Command {
  /** The program and its arguments, without quotes. */
  readonly words: readonly string[];
  /** As it is written. */
  readonly text: string;
}

/** Each command of pipes and lists counts for itself. */
export function commands(code: string): Command[] {
  return code
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .flatMap((line) => split(line))
    .map((text) => ({ text, words: wordsOf(text).filter((word) => !/^[A-Z_]+=/.test(word)) }))
    .filter(({ words }) => words.length > 0);
}

/** At `|`, `&&`, `||` and `;`, and up to a comment. */
function split(line: string): string[] {
  const parts = [""];
  for (const token of line.match(/'[^']*'|"[^"]*"|(?<=^|\s)#.*$|&&|\|\|?|;|(?:[^'"|&;#]|(?<=\S)#)+|./g) ?? []) {
    if (token.startsWith("#")) break;
    if (["&&", "||", "|", ";"].includes(token)) parts.push("");
    else parts.push(String(parts.pop()) + token);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function wordsOf(text: string): string[] {
  const words = text.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"));
}
