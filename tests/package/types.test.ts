/** What an editor shows of the package: the published declarations. */
import assert from "node:assert/strict";
import path from "node:path";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";

const dist = path.join(repository, "dist");
const entries = ["index", "provider", "providers"].map((entry) => path.join(dist, `${entry}.d.ts`));

describe("the types of the package", function () {
  this.timeout(120_000);

  const program = () => ts.createProgram(entries, { module: ts.ModuleKind.Node16, skipLibCheck: true, strict: true });
  const own = (file: ts.SourceFile) => path.normalize(file.fileName).startsWith(dist);

  it("name no any, and no library but Pulumi's SDK", () => {
    const found: string[] = [];
    const look = (node: ts.Node, file: ts.SourceFile) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`any in ${file.fileName}: ${node.parent.getText(file)}`);
      // The library of `import("…")` is a literal type, as a text like "reader" is.
      const isName =
        ts.isStringLiteral(node) &&
        (/^(?:Import|Export)/.test(ts.SyntaxKind[node.parent.kind]) || ts.isImportTypeNode(node.parent.parent));
      if (isName && !/^(?:\.|@pulumi\/pulumi)/.test(node.text)) found.push(`${node.text} in ${file.fileName}`);
      ts.forEachChild(node, (child) => {
        look(child, file);
      });
    };
    for (const file of program().getSourceFiles().filter(own)) {
      // The parser sets parents only for who asks.
      look(ts.createSourceFile(file.fileName, file.text, ts.ScriptTarget.Latest, true), file);
    }
    assert.deepEqual(found, []);
  });

  it("document every public name, with its members and its constructor", () => {
    const compiled = program();
    const checker = compiled.getTypeChecker();
    const [index] = entries.map((entry) => compiled.getSourceFile(entry));
    const bare: string[] = [];
    const isDocumented = (documented: ts.Symbol | ts.Signature) =>
      documented.getDocumentationComment(checker).length > 0;
    for (const exported of checker.getExportsOfModule(
      checker.getSymbolAtLocation(index ?? assert.fail()) ?? assert.fail(),
    )) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!isDocumented(symbol)) bare.push(symbol.name);
      for (const member of symbol.members?.values() ?? []) {
        const [declaration] = member.declarations ?? [];
        if (declaration === undefined || !own(declaration.getSourceFile())) continue;
        const signature = ts.isConstructorDeclaration(declaration)
          ? checker.getSignatureFromDeclaration(declaration)
          : undefined;
        if (!isDocumented(signature ?? member)) bare.push(`${symbol.name}.${member.name}`);
      }
    }
    assert.deepEqual(bare, []);
  });

  it("lead an editor to sources that are there", () => {
    for (const file of program().getSourceFiles().filter(own)) {
      const map = ts.sys.readFile(`${file.fileName}.map`) ?? assert.fail(`${file.fileName} has no map`);
      const { sources } = JSON.parse(map) as { sources: string[] };
      assert.ok(sources.length > 0);
      for (const source of sources) {
        assert.ok(ts.sys.fileExists(path.join(path.dirname(file.fileName), source)), `${file.fileName} → ${source}`);
      }
    }
  });
});
