/** What differs between the files of the repository and those that are published: pure functions of their texts. */

/** What only a clone of the repository needs. */
const DEVELOPMENT = ["scripts", "devDependencies", "workspaces", "allowScripts"];

/**
 * @typedef {{ name: string, version: string, repository: { url: string } } & Record<string, unknown>} Manifest
 */

/**
 * @param {string} text package.json
 * @param {string | undefined} commit what is packed; undefined if nobody knows
 * @returns {string}
 */
export function publishedManifest(text, commit) {
  const kept = Object.entries(parse(text)).filter(([field]) => !DEVELOPMENT.includes(field));
  const manifest = { ...Object.fromEntries(kept), ...(commit === undefined ? {} : { gitHead: commit }) };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/**
 * Lets the links to files of the repository work where those files are not: at the registry, and in node_modules.
 *
 * They lead to the tag of the release, which changesets calls `<name>@<version>` in a repository of several packages.
 *
 * @param {string} text README.md
 * @param {string} manifest package.json
 * @returns {string}
 */
export function publishedReadme(text, manifest) {
  const { name, version, repository } = parse(manifest);
  const home = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  const tag = encodeURIComponent(`${name}@${version}`);
  return text.replace(/(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, image, label, target) => {
    const kind = image === "!" ? "raw" : "blob";
    return `${String(image)}[${String(label)}](${home}/${kind}/${tag}/${String(target)})`;
  });
}

/**
 * @param {string} manifest
 * @returns {Manifest}
 */
function parse(manifest) {
  /** @type {(text: string) => Manifest} */
  const read = JSON.parse;
  return read(manifest);
}
