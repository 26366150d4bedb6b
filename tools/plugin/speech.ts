/** Makes descriptions of the schema of docstrings. */
import type { Docs } from "./declarations";
import { readExample } from "./example";
import { inEachLanguage, type Names } from "./languages";
import type { Wording } from "./wording";

export function createSpeech(wording: Wording, names: Names) {
  const deprecation = ({ tags }: Docs) => {
    const message = tags.get("deprecated");
    return message === undefined ? {} : { deprecationMessage: message };
  };
  return {
    property: (docs: Docs) => ({
      description: wording.reworded([docs.text, ...asides(docs)].join(" ")),
      ...deprecation(docs),
    }),
    whole: (docs: Docs) => {
      const { tags, text } = docs;
      const [see, code] = [tags.get("see"), tags.get("example")];
      const reference = see === undefined ? [] : [`LaunchDarkly's reference: <${see}>`];
      const example = code === undefined ? [] : [shown(inEachLanguage(readExample(code), names))];
      return { description: [wording.reworded(text), ...reference, ...example].join("\n\n"), ...deprecation(docs) };
    },
  };
}

/** The default and the example of a property. */
function asides({ tags }: Docs): string[] {
  const [byDefault, example] = [tags.get("default"), tags.get("example")];
  return [
    ...(byDefault === undefined ? [] : [`Default: ${asValue(byDefault.replaceAll("\n", " "))}.`.replace(/\.\.$/, ".")]),
    ...(example === undefined ? [] : [`Example: \`${example}\`.`]),
  ];
}

/** A value in code's letters; words as they are. */
function asValue(text: string): string {
  return /^(?:true|false|\d+|".*")$/.test(text) ? `\`${text}\`` : text.replace(/^none: /, "none; ");
}

/** Between the marks by which the generators find the language's own. */
function shown(code: Record<string, string>): string {
  const blocks = Object.entries(code).map(([language, text]) => `\`\`\`${language}\n${text}\n\`\`\``);
  return [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    ...blocks,
    "{{% /example %}}",
    "{{% /examples %}}",
  ].join("\n\n");
}
