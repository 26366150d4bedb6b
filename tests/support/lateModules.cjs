/**
 * Loads what Pulumi's SDK seldom uses when it is used, and not when the SDK is loaded.
 *
 * That takes half of the time in which a program, or a provider's process, starts, and a test run starts hundreds of
 * them. Mocha requires this file (`.mocharc.json`), and so does every process of Node.js's that it starts. What runs
 * without mocha has the SDK as it is: the chaos run, the install matrix, the demo and the bench.
 *
 * What these processes load is compiled once for all of them, which takes another quarter of that time.
 */
const Module = require("node:module");
const path = require("node:path");

/** What is loaded late, and by whom. */
const LATE = [
  // npm's tree of packages, for functions that are uploaded to clouds.
  { name: /^@npmcli\/arborist$/, by: /[/\\]runtime[/\\]closure[/\\]codePaths\.js$/ },
  // What reads functions that are serialized, which only programs do.
  { name: /^typescript$/, by: /[/\\]@pulumi[/\\]pulumi[/\\]typescript-shim\.js$/ },
  // What programs write that are no programs of Pulumi's, or providers for other languages.
  { name: /^\.\/(?:automation|provider)$/, by: /[/\\]@pulumi[/\\]pulumi[/\\]index\.js$/ },
  // Traces, which nobody asks for.
  { name: /^@opentelemetry\/(?!api$)/, by: /[/\\]cmd[/\\]run[/\\]tracing\.js$/, members: true },
];

/** @typedef {(request: string, parent: { filename?: string } | undefined, isMain: boolean) => unknown} Load */

/** Node.js's own, which its types don't know. @type {{ _load: Load }} */
const loader = /** @type {any} */ (Module);
const load = loader._load;

loader._load = function (request, parent, isMain) {
  const filename = parent?.filename ?? "";
  const found = LATE.find(({ name, by }) => name.test(request) && by.test(filename));
  if (found === undefined) return load(request, parent, isMain);
  // What is missing is missed at once, as ever.
  Module.createRequire(filename).resolve(request);
  return late(() => load(request, parent, isMain), found.members);
};

/**
 * @param {() => unknown} load gives what it stands for
 * @param {boolean} [members] whether its members are late as well, because somebody takes them out at once
 * @returns {unknown}
 */
function late(load, members = false) {
  const loaded = () => /** @type {new (...args: unknown[]) => object} */ (load());
  /** @param {string | symbol} name @returns {unknown} */
  const member = (name) => Reflect.get(loaded(), name);
  // Whatever it stands for, it may be called, and made an instance of.
  return new Proxy(function () {}, {
    // `import *` copies a module that doesn't say what it is.
    get: (_target, name) => (name === "__esModule" ? true : members ? late(() => member(name)) : member(name)),
    apply: (_target, self, args) => /** @type {unknown} */ (Reflect.apply(loaded(), self, args)),
    /** @param {unknown[]} args */
    construct(_target, args) {
      const Class = loaded();
      return new Class(...args);
    },
  });
}

const option = `--require ${JSON.stringify(__filename)}`;
const options = process.env["NODE_OPTIONS"] ?? "";
if (!options.includes(option)) process.env["NODE_OPTIONS"] = `${option} ${options}`.trim();
process.env["NODE_COMPILE_CACHE"] ??= path.join(__dirname, "..", "..", "node_modules", ".cache", "compiled");
