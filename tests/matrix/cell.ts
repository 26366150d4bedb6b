/** What a cell of the matrix is: an empty folder, what is put into it, what is run there, and what must come of it. */

export interface Cell {
  /** The row of the table. No two cells have the same. */
  readonly name: string;
  readonly group: Group;
  /** The program that runs all of the cell. @default "22" */
  readonly node?: string;
  /** More of the registry's packages whose programs the cell runs, such as "pnpm@12". */
  readonly tools?: readonly string[];
  /** Texts by file name. */
  readonly files: Files;
  /** What is run before anything of Pulumi: package managers, compilers, bundlers. */
  readonly commands: readonly Command[];
  /** The folder of the Pulumi project. @default the empty folder itself */
  readonly project?: string;
  readonly run: Run;
  readonly expected: Expected;
  /** What a reader of the table should know. */
  readonly note?: string;
  /** Of Node.js when Pulumi runs it, such as `--require .pnp.cjs`; `<folder>` is the empty folder. */
  readonly nodeOptions?: string;
}

export const GROUPS = [
  "Package managers",
  "Workspaces and folders",
  "The package inside an internal library",
  "Programs",
  "Bundled programs",
  "Pulumi's SDK and Node.js",
  "Types, with the TypeScript compiler",
  "Unit tests with mocks",
  "Upgrades, and what is installed otherwise",
] as const;
export type Group = (typeof GROUPS)[number];

/**
 * In the texts, `<tarball>`, `<tarball of 0.1.0>`, `<tarball of 0.2.0>` and `<clone>` stand for what a run knows.
 */
export type Files = Readonly<Record<string, string>>;

export interface Command {
  /** A folder. @default the empty folder */
  readonly in?: string;
  /** The same names as in files stand for what a run knows. */
  readonly words: readonly string[];
}

export type Run =
  /** up, an edited trigger, preview, up, up without a change, destroy. */
  | { readonly kind: "rotation"; readonly by?: readonly string[] }
  /** The same, but that between the first up and the rest other files and commands are put on top. */
  | { readonly kind: "upgrade"; readonly files: Files; readonly commands: readonly Command[] }
  /** After the first up, others are put on top that lack the resource and the package; then `back` brings the package. */
  | {
      readonly kind: "removal";
      readonly files: Files;
      readonly commands: readonly Command[];
      readonly back: Files;
    }
  /** Only the commands. */
  | { readonly kind: "commands" };

export type Expected =
  /** Where it prints something with `prints`, a program that does not know the package has to print it as well. */
  | { readonly outcome: "works"; readonly prints?: RegExp; readonly files?: Files }
  /** It fails before anything is sent, and says this. */
  | { readonly outcome: "message"; readonly says: RegExp }
  /** It fails before anything is sent, with Pulumi's or Node.js's own words. */
  | { readonly outcome: "fails"; readonly says: RegExp }
  /** It fails, and so does a program with a dynamic resource of its own that does not know the package. */
  | { readonly outcome: "Pulumi's own"; readonly says: RegExp; readonly files: Files }
  /** What it takes is not to be had where the matrix is run. */
  | { readonly outcome: "not run here"; readonly why: string };

export interface Result {
  readonly name: string;
  /** What came of it, and not what was expected. */
  readonly outcome: Expected["outcome"] | "differs";
  /** Of Node.js, of the SDK and of the tools that were in use. */
  readonly versions: Readonly<Record<string, string>>;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Where it differs: what happened. */
  readonly what?: string;
}
