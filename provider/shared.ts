/**
 * What all copies of the package in one process share. There may be several: the installed one, and one that a library
 * brings or a bundler has packed.
 *
 * The name is a contract between copies. What copies of any version share is plain data, has a number of its own that
 * changes with its shape, and is as little as can be. What is more than that has the version in its name.
 */
export function shared<Value extends object>(name: string, create: () => Value): Value {
  const key = Symbol.for(`pulumi-launchdarkly-rotation/${name}`);
  const holder = globalThis as unknown as Record<symbol, Value | undefined>;
  return (holder[key] ??= create());
}
