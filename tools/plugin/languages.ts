/** Writes an example in each language that users of the plugin write. */
import { stringify } from "yaml";

import type { Example, Literal, Literals } from "./example";

/** What the SDKs are called. */
export interface Names {
  readonly package: string;
  readonly nodejs: string;
  readonly python: string;
  /** The import path; its last part is the package's name. */
  readonly go: string;
}

/** @returns code by the name that the generators know the language by */
export function inEachLanguage(example: Example, names: Names): Record<string, string> {
  return {
    typescript: typescript(example, names),
    python: python(example, names),
    go: go(example, names),
    yaml: yaml(example, names),
  };
}

function typescript(example: Example, names: Names): string {
  const from = `from ${JSON.stringify(names.nodejs)};`;
  if ("invoked" in example) {
    const { functionName, property, inputs } = example.invoked;
    const call = `${functionName}Output(${inTypescript(inputs)})`;
    return `import { ${functionName}Output } ${from}\n\nexport const ${property} = ${call}.${property};`;
  }
  const { variable, className, name, inputs } = example.resource;
  const lines = Object.entries(inputs).map(([input, value]) => `    ${input}: ${inTypescript(value)},`);
  return [
    `import { ${className} } ${from}\n`,
    `const ${variable} = new ${className}(${JSON.stringify(name)}, {`,
    ...lines,
    "});",
    ...example.exports.map((one) => `export const ${one.name} = ${one.variable}.${one.property};`),
  ].join("\n");
}

function inTypescript(value: Literal): string {
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inTypescript).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${inTypescript(part)}`)
    .join(", ")} }`;
}

function python(example: Example, names: Names): string {
  const head = `import pulumi\nimport ${names.python} as launchdarkly\n`;
  if ("invoked" in example) {
    const { functionName, property, inputs } = example.invoked;
    const words = Object.entries(inputs).map(([name, value]) => `${snakeCase(name)}=${inPython(value)}`);
    const call = `launchdarkly.${snakeCase(functionName)}_output(${words.join(", ")})`;
    return `${head}\npulumi.export(${JSON.stringify(property)}, ${call}.${snakeCase(property)})`;
  }
  const { variable, className, name, inputs } = example.resource;
  const words = Object.entries(inputs).map(([input, value]) => `    ${snakeCase(input)}=${inPython(value)}`);
  return [
    head,
    `${snakeCase(variable)} = launchdarkly.${className}(${JSON.stringify(name)},`,
    `${words.join(",\n")})`,
    ...example.exports.map(
      (one) => `pulumi.export(${JSON.stringify(one.name)}, ${snakeCase(one.variable)}.${snakeCase(one.property)})`,
    ),
  ].join("\n");
}

function inPython(value: Literal): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inPython).join(", ")}]`;
  const fields = Object.entries(value as Literals);
  return `{${fields.map(([name, part]) => `${JSON.stringify(name)}: ${inPython(part)}`).join(", ")}}`;
}

function go(example: Example, names: Names): string {
  const sdk = names.go.slice(names.go.lastIndexOf("/") + 1);
  return [
    "package main\n",
    "import (",
    `\t${JSON.stringify(names.go)}`,
    '\t"github.com/pulumi/pulumi/sdk/v3/go/pulumi"',
    ")\n",
    "func main() {",
    "\tpulumi.Run(func(ctx *pulumi.Context) error {",
    ...goBody(example, sdk).map((line) => `\t\t${line}`),
    "\t\treturn nil",
    "\t})",
    "}",
  ].join("\n");
}

function goBody(example: Example, sdk: string): string[] {
  if ("invoked" in example) {
    const { functionName, property, inputs } = example.invoked;
    const [called, exported] = [capital(functionName), capital(property)];
    return [
      `found := ${sdk}.${called}Output(ctx, ${sdk}.${called}OutputArgs{`,
      ...goFields(inputs),
      "})",
      `ctx.Export(${JSON.stringify(property)}, found.${exported}())`,
    ];
  }
  const { variable, className, name, inputs } = example.resource;
  const isUsed = example.exports.length > 0;
  return [
    `${isUsed ? variable : "_"}, err := ${sdk}.New${className}(ctx, ${JSON.stringify(name)}, &${sdk}.${className}Args{`,
    ...goFields(inputs),
    "})",
    "if err != nil {",
    "\treturn err",
    "}",
    ...example.exports.map(
      (one) => `ctx.Export(${JSON.stringify(one.name)}, ${one.variable}.${capital(one.property)})`,
    ),
  ];
}

/** As gofmt aligns them: one below the other. */
function goFields(inputs: Literals): string[] {
  const widest = Math.max(...Object.keys(inputs).map(({ length }) => length));
  return Object.entries(inputs).map(([name, value]) => `\t${`${capital(name)}:`.padEnd(widest + 1)} ${inGo(value)},`);
}

function inGo(value: Literal): string {
  if (typeof value === "string") return `pulumi.String(${JSON.stringify(value)})`;
  if (typeof value === "number") return `pulumi.Int(${value})`;
  if (typeof value === "boolean") return `pulumi.Bool(${String(value)})`;
  if (Array.isArray(value)) {
    const kind = value.every((part) => typeof part === "string") ? "StringArray" : "Array";
    return `pulumi.${kind}{${value.map(inGo).join(", ")}}`;
  }
  const fields = Object.entries(value as Literals);
  return `pulumi.Map{${fields.map(([name, part]) => `${JSON.stringify(name)}: ${inGo(part)}`).join(", ")}}`;
}

function yaml(example: Example, names: Names): string {
  // In quotes, because YAML takes some texts for something else, such as a date.
  const text = (value: object) =>
    stringify(value, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }).trim();
  if ("invoked" in example) {
    const { functionName, property, inputs } = example.invoked;
    const invoke = { function: `${names.package}:${functionName}`, arguments: inputs, return: property };
    return text({ outputs: { [property]: { "fn::invoke": invoke } } });
  }
  const { className, name, inputs } = example.resource;
  const outputs = example.exports.map((one) => [one.name, `\${${name}.${one.property}}`]);
  return text({
    resources: { [name]: { type: `${names.package}:${className}`, properties: inputs } },
    ...(outputs.length > 0 && { outputs: Object.fromEntries(outputs) as object }),
  });
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
