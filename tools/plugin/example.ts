/** Reads the example of a docstring, so that it can be written in other languages. */
import ts from "typescript";

export type Literal = string | number | boolean | readonly Literal[] | { readonly [name: string]: Literal };

export type Literals = Readonly<Record<string, Literal>>;

/** `const ci = new AccessTokenRotation("ci", { … });` */
export interface NewResource {
  readonly variable: string;
  readonly className: string;
  readonly name: string;
  readonly inputs: Literals;
}

/** `export const token = ci.token;` */
export interface Export {
  readonly name: string;
  readonly variable: string;
  readonly property: string;
}

/** `const { id } = await findAccessToken({ … });` */
export interface Invoked {
  readonly functionName: string;
  readonly property: string;
  readonly inputs: Literals;
}

export type Example =
  { readonly resource: NewResource; readonly exports: readonly Export[] } | { readonly invoked: Invoked };

/**
 * @param code the text of `@example`: a resource and what is exported of it, or one call
 * @throws {Error} if it is anything else, which would need a translation that is not here
 */
export function readExample(code: string): Example {
  const { statements } = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  const [first, ...rest] = statements.map(declarationOf);
  if (first?.initializer === undefined) throw new Error(`An example is empty: ${code}`);
  if (ts.isAwaitExpression(first.initializer)) return { invoked: invokedOf(first) };
  return { resource: resourceOf(first), exports: rest.map(exportOf) };
}

function declarationOf(statement: ts.Statement): ts.VariableDeclaration {
  const [declaration, ...others] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  if (declaration === undefined || others.length > 0) throw unreadable(statement);
  return declaration;
}

function resourceOf({ name: variable, initializer }: ts.VariableDeclaration): NewResource {
  if (initializer === undefined || !ts.isNewExpression(initializer)) throw unreadable(variable);
  const [name, inputs] = initializer.arguments ?? [];
  if (name === undefined || !ts.isStringLiteral(name) || inputs === undefined) throw unreadable(initializer);
  const className = initializer.expression.getText();
  return { variable: variable.getText(), className, name: name.text, inputs: objectOf(inputs) };
}

function exportOf({ name, initializer }: ts.VariableDeclaration): Export {
  if (initializer === undefined || !ts.isPropertyAccessExpression(initializer)) throw unreadable(name);
  return { name: name.getText(), variable: initializer.expression.getText(), property: initializer.name.text };
}

function invokedOf({ name, initializer }: ts.VariableDeclaration): Invoked {
  const [property, ...others] = ts.isObjectBindingPattern(name) ? name.elements : [];
  const call = initializer && ts.isAwaitExpression(initializer) ? initializer.expression : undefined;
  if (property === undefined || others.length > 0 || call === undefined || !ts.isCallExpression(call)) {
    throw unreadable(name);
  }
  const [inputs] = call.arguments;
  if (inputs === undefined) throw unreadable(call);
  return { functionName: call.expression.getText(), property: property.name.getText(), inputs: objectOf(inputs) };
}

function objectOf(node: ts.Expression): Literals {
  if (!ts.isObjectLiteralExpression(node)) throw unreadable(node);
  return Object.fromEntries(
    node.properties.map((property) => {
      if (!ts.isPropertyAssignment(property)) throw unreadable(property);
      const { name, initializer } = property;
      return [ts.isStringLiteral(name) ? name.text : name.getText(), literalOf(initializer)];
    }),
  );
}

function literalOf(node: ts.Expression): Literal {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literalOf);
  return objectOf(node);
}

function unreadable(node: ts.Node): Error {
  return new Error(
    `The example of a docstring has what tools/plugin/example.ts can't put into other languages: ${node.getText()}`,
  );
}
