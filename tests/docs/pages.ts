/**
 * The pages of the documentation, taken apart into what can be checked: blocks of code, headings and links.
 *
 * A block of TypeScript that is not a whole program says so in an HTML comment right before it:
 *
 *     <!-- compiled within
 *     import { SdkKeyRotation } from "pulumi-launchdarkly-rotation";
 *     new SdkKeyRotation("server", {
 *     …
 *     });
 *     -->
 *
 * The block stands for the line `…`, and is compiled with the rest. Without such a line, it follows the rest.
 *
 * A block that repeats a file of the repository says so, too, and is compared with it:
 *
 *     <!-- the same as examples/scheduled/rotate.yml -->
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

export interface Block {
  /** Where it begins: `docs/security.md:12`. */
  readonly at: string;
  /** What stands behind its opening fence; a fence without a word opens a block of shell. */
  readonly language: string;
  readonly code: string;
  /** The comment before it: what the block is a part of. */
  readonly within: string | undefined;
  /** The file that it repeats. */
  readonly sameAs: string | undefined;
}

export interface Page {
  /** Its path in the repository. */
  readonly file: string;
  readonly blocks: readonly Block[];
  readonly headings: readonly Heading[];
  readonly links: readonly string[];
  /** What stands between backticks in a sentence. */
  readonly spans: readonly string[];
}

export interface Heading {
  readonly level: number;
  /** As it is written, without its number signs. */
  readonly text: string;
  /** What a link names it by. */
  readonly anchor: string;
  /** All that follows, up to the next heading. */
  readonly body: string;
}

/** Whole folders of Markdown are below these; what npm or a build has put there is not. */
const FOLDERS = ["docs", "examples", "sandbox", "bench"];

/** Every page that a user reads. */
export function pages(): Page[] {
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      [folder, ...file.split(path.sep)].join("/"),
    ),
  );
  const top = readdirSync(repository);
  return [...top, ...below]
    .filter((file) => file.endsWith(".md") && !/(?:^|\/)(?:node_modules|dist)\//.test(file))
    .map(page);
}

export function page(file: string): Page {
  return parse(file, readFileSync(path.join(repository, file), "utf8"));
}

export function parse(file: string, text: string): Page {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  const prose: string[] = [];
  let within: string | undefined;
  let sameAs: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const fence = /^(\s*)(```+)\s*(\w*)/.exec(line);
    if (fence) {
      const [, indent = "", ticks = "", language = ""] = fence;
      const start = index;
      const isEnd = (at: number) => at >= lines.length || (lines[at] ?? "").trim() === ticks;
      while (!isEnd(++index));
      const code = lines.slice(start + 1, index).map((one) => one.replace(indent, ""));
      blocks.push({
        at: `${file}:${String(start + 1)}`,
        language: language === "" ? "sh" : language,
        code: code.join("\n"),
        within,
        sameAs,
      });
      within = sameAs = undefined;
    } else if (line.trim() === "<!-- compiled within") {
      const start = index;
      while (index < lines.length && lines[index]?.trim() !== "-->") index++;
      within = lines.slice(start + 1, index).join("\n");
    } else if (line.startsWith("<!-- the same as ")) {
      [, sameAs] = /^<!-- the same as (\S+) -->$/.exec(line) ?? [];
    } else {
      if (line.trim() !== "") within = sameAs = undefined;
      prose.push(line);
    }
  }
  return { file, blocks, headings: headingsOf(prose), links: linksOf(prose), spans: spansOf(prose) };
}

/** The blocks of a language, the first one for each of the names that people give it. */
export function blocksIn(all: readonly Page[], ...languages: readonly string[]): Block[] {
  return all.flatMap(({ blocks }) => blocks).filter(({ language }) => languages.includes(language));
}

function headingsOf(prose: readonly string[]): Heading[] {
  const headings: (Omit<Heading, "body"> & { body: string })[] = [];
  const seen = new Map<string, number>();
  for (const line of prose) {
    const [, signs, text] = /^(#{1,6})\s+(.*?)\s*$/.exec(line) ?? [];
    if (signs === undefined || text === undefined) {
      const last = headings.at(-1);
      if (last !== undefined) last.body += `${line}\n`;
      continue;
    }
    const slug = slugOf(text);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    headings.push({ level: signs.length, text, anchor: times === 0 ? slug : `${slug}-${String(times)}`, body: "" });
  }
  return headings;
}

/** As GitHub makes an anchor of a heading. */
function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

function spansOf(prose: readonly string[]): string[] {
  return [...prose.join("\n").matchAll(/`([^`]+)`/g)].map(([, span = ""]) =>
    span.replace(/\s+/g, " ").replaceAll("\\|", "|"),
  );
}

/** The targets of links and pictures; what stands between backticks is code. */
function linksOf(prose: readonly string[]): string[] {
  const text = prose.join("\n").replace(/`[^`\n]*`/g, "`code`");
  const written = [
    ...text.matchAll(/\]\(\s*<?([^)>\s]+)>?(?:\s+"[^"]*")?\s*\)/g),
    ...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm),
    ...text.matchAll(/\b(?:src|href)="([^"]+)"/g),
  ];
  const bare = text.matchAll(/(?<![("<])https?:\/\/[^\s)>\]"`]+/g);
  return [...written.map(([, target = ""]) => target), ...[...bare].map(([target]) => target)];
}
