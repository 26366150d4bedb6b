/**
 * The object that Pulumi serializes into the state of every rotation. Its text must stay the same over releases: an
 * old state runs new code. So it only finds the installed package and hands the call on.
 *
 * Not to be changed. tests/hosts/stub.test.ts holds its serialized text to a golden copy.
 */
import type { dynamic } from "@pulumi/pulumi";

type Provider = typeof import("../../provider");

// The id is in a variable because bundlers rewrite a literal require.
function provider(): Provider {
  const id = "pulumi-launchdarkly-rotation/provider";
  try {
    return require(id);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return require.main!.require(id);
  }
}

/** One object for all resources: the SDK serializes it once. */
export const stub: dynamic.ResourceProvider = {
  configure: (request) => provider().configure(request),
  check: (olds, news) => provider().check(olds, news),
  diff: (id, olds, news) => provider().diff(id, olds, news),
  create: (news) => provider().create(news),
  read: (id, olds) => provider().read(id, olds),
  update: (id, olds, news) => provider().update(id, olds, news),
  delete: (id, olds) => provider().delete(id, olds),
};
