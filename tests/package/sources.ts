/** The sources of provider/, as tests of its rooms read them: what each imports, and the names and texts of its code. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";

export const provider = path.join(repository, "provider");

/** The files of a folder and of those below it. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

/** Every file of the core, which knows no credential and no engine. */
export const core = ["model", "decisions", "messages", "client", "run", "rotation", "lifecycle"].flatMap((room) =>
  filesBelow(path.join(provider, room)),
);

export interface Words {
  readonly texts: readonly string[];
  /** The modules that it imports, if only their types or when it is called. */
  readonly imports: readonly string[];
  /** What it takes of them and of globals, such as `node:process.env`, `Date.now` or `new Date()`. */
  readonly uses: readonly string[];
}

const words = new Map<string, Words>();

/** What stands in a file's code. */
export function wordsOf(file: string): Words {
  const found = words.get(file) ?? wordsIn(readFileSync(file, "utf8"));
  words.set(file, found);
  return found;
}

/** What stands in code. */
export function wordsIn(code: string): Words {
  const source = ts.createSourceFile("code.ts", code, ts.ScriptTarget.Latest);
  const [texts, imports, uses]: [string[], string[], string[]] = [[], [], []];
  const visit = (node: ts.Node) => {
    const imported = importedBy(node);
    if (imported !== undefined) imports.push(imported);
    else if (ts.isStringLiteralLike(node) || ts.isIdentifier(node)) texts.push(node.text);
    uses.push(...usesOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { texts, imports, uses };
}

/** The module that a node imports, whichever way; undefined if it imports none. */
function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression, arguments: given } = node;
  const isImport =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === "require");
  return isImport ? textOf(given[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** What a node takes of a module or of a global. */
function usesOf(node: ts.Node): string[] {
  if (ts.isImportDeclaration(node)) {
    const named = node.importClause?.namedBindings;
    const names = named !== undefined && ts.isNamedImports(named) ? named.elements : [];
    return names.map(({ propertyName, name }) => `${textOf(node.moduleSpecifier)}.${(propertyName ?? name).text}`);
  }
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression))
    return [`${node.expression.text}.${node.name.text}`];
  if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression))
    return [`${node.expression.text}.${textOf(node.argumentExpression) ?? "*"}`];
  const isBare = (ts.isNewExpression(node) || ts.isCallExpression(node)) && (node.arguments ?? []).length === 0;
  if (isBare && ts.isIdentifier(node.expression))
    return [`${ts.isNewExpression(node) ? "new " : ""}${node.expression.text}()`];
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    const { initializer } = node;
    if (initializer === undefined || !ts.isIdentifier(initializer)) return [];
    return node.name.elements.map(({ propertyName, name }) => {
      const taken = propertyName ?? name;
      return `${initializer.text}.${ts.isIdentifier(taken) ? taken.text : "*"}`;
    });
  }
  return [];
}
