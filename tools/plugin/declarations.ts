/**
 * Reads what the package declares: its resource classes, functions and types, with what their docstrings say.
 *
 * It reads the declarations that are published, and not the files of provider/: they have the same docstrings, and stay
 * where they are when files of provider/ move. The SDK's own declarations are not needed, and not read.
 */
import path from "node:path";

import ts from "typescript";

/** What a docstring says. */
export interface Docs {
  /** Its text, in which only paragraphs have a line break. */
  readonly text: string;
  /** The texts of its tags, such as `default`, `example` and `see`. */
  readonly tags: ReadonlyMap<string, string>;
}

export interface Property {
  readonly name: string;
  readonly docs: Docs;
  readonly type: ts.TypeNode;
  readonly isOptional: boolean;
}

export interface Declared {
  readonly name: string;
  readonly docs: Docs;
  readonly inputs: readonly Property[];
  readonly outputs: readonly Property[];
}

export interface Declarations {
  readonly classes: readonly Declared[];
  readonly functions: readonly Declared[];
  /** The interface or the alias that a name stands for. */
  typeNamed(reference: ts.TypeReferenceNode): Named;
}

export type Named =
  | { readonly name: string; readonly docs: Docs; readonly properties: readonly Property[] }
  | { readonly name: string; readonly alias: ts.TypeNode };

/** @param entry the declarations of what programs import: index.d.ts, or the source that it is made of */
export function readDeclarations(entry: string): Declarations {
  const program = programOf(entry);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} exports nothing`);
  const exported = checker.getExportsOfModule(module).map(resolved);

  return {
    classes: exported.filter(({ flags }) => flags & ts.SymbolFlags.Class).map(classOf),
    functions: exported
      .filter(({ flags, name }) => flags & ts.SymbolFlags.Function && !name.endsWith("Output"))
      .map(functionOf),
    typeNamed,
  };

  function resolved(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  function classOf(symbol: ts.Symbol): Declared {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isClassDeclaration(declaration)) throw new Error(`${symbol.name} is no class`);
    const takes = declaration.members.find(ts.isConstructorDeclaration)?.parameters[1]?.type;
    if (takes === undefined) throw new Error(`The constructor of ${symbol.name} takes no arguments`);
    const members = propertiesOf(checker.getDeclaredTypeOfSymbol(symbol));
    const outputs = members.filter(({ type }) => ts.isTypeReferenceNode(type) && isWrapper(type, "Output"));
    return {
      name: symbol.name,
      docs: docsOf(symbol),
      inputs: propertiesOf(checker.getTypeFromTypeNode(takes)),
      outputs,
    };
  }

  function functionOf(symbol: ts.Symbol): Declared {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isFunctionDeclaration(declaration))
      throw new Error(`${symbol.name} is no function`);
    const [takes] = declaration.parameters;
    const gives = declaration.type;
    const [found] = gives && ts.isTypeReferenceNode(gives) ? (gives.typeArguments ?? []) : [];
    if (takes?.type === undefined || found === undefined) throw new Error(`${symbol.name} promises nothing`);
    const [inputs, outputs] = [takes.type, found].map((type) => propertiesOf(checker.getTypeFromTypeNode(type)));
    return { name: symbol.name, docs: docsOf(symbol), inputs: inputs ?? [], outputs: outputs ?? [] };
  }

  function propertiesOf(type: ts.Type): Property[] {
    return checker.getPropertiesOfType(type).flatMap((symbol) => {
      const [declaration] = symbol.declarations ?? [];
      const isProperty = declaration && (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration));
      if (!isProperty || declaration.type === undefined) return [];
      const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
      return [{ name: symbol.name, docs: docsOf(symbol), type: declaration.type, isOptional }];
    });
  }

  function typeNamed(reference: ts.TypeReferenceNode): Named {
    const found = checker.getSymbolAtLocation(reference.typeName);
    const symbol = found && resolved(found);
    const [declaration] = symbol?.declarations ?? [];
    const name = reference.typeName.getText();
    if (symbol !== undefined && declaration !== undefined && ts.isInterfaceDeclaration(declaration)) {
      return { name, docs: docsOf(symbol), properties: propertiesOf(checker.getDeclaredTypeOfSymbol(symbol)) };
    }
    if (declaration !== undefined && ts.isTypeAliasDeclaration(declaration)) return { name, alias: declaration.type };
    throw new Error(`${name} is no interface and no alias`);
  }

  function docsOf(symbol: ts.Symbol): Docs {
    const tags = symbol
      .getJsDocTags(checker)
      .map(({ name, text }) => [name, ts.displayPartsToString(text).trim()] as const);
    return { text: paragraphs(ts.displayPartsToString(symbol.getDocumentationComment(checker))), tags: new Map(tags) };
  }
}

/** Whether it is `pulumi.Input<…>` or `pulumi.Output<…>`. */
export function isWrapper(type: ts.TypeReferenceNode, name: "Input" | "Output"): boolean {
  return type.typeName.getText() === `pulumi.${name}`;
}

/** Without the line breaks of the source, and without links to classes, which only one language has. */
function paragraphs(text: string): string {
  const lines = text.replace(/\{@link (\w+)\}/g, "`$1`").trim();
  return lines.replace(/(?<!\n)\n(?!\n)/g, " ");
}

function programOf(entry: string): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.Node16, strict: true };
  const host = ts.createCompilerHost(options);
  const only = (name: string, from: string) => {
    const file = path.resolve(path.dirname(from), name);
    const found = [`${file}.d.ts`, `${file}.ts`].find((candidate) => host.fileExists(candidate));
    const extension = found?.endsWith(".d.ts") ? ts.Extension.Dts : ts.Extension.Ts;
    return name.startsWith(".") && found !== undefined ? { resolvedFileName: found, extension } : undefined;
  };
  host.resolveModuleNameLiterals = (names, from) => names.map(({ text }) => ({ resolvedModule: only(text, from) }));
  return ts.createProgram([entry], options, host);
}
