/**
 * The objects that Pulumi serializes into the states of resources that own what they rotate. They differ from those of
 * stubOf.ts in one thing: where the package is gone, deleting such a resource fails. It has to delete tokens at
 * LaunchDarkly, which would be forgotten otherwise.
 *
 * Not to be changed. tests/hosts/stub.test.ts holds the serialized texts to golden copies.
 */
import type { dynamic } from "@pulumi/pulumi";

type Provider = import("./provider").Provider;

/** @param className the resource's class: the provider is told by it. One object for all resources of a class */
export function stubOfOwner(className: string): dynamic.ResourceProvider {
  // The id is in a variable because bundlers rewrite a literal require.
  function provider(): Provider {
    const id = "pulumi-launchdarkly-rotation/providers";
    try {
      return require(id).providerOf(className);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
      return require.main!.require(id).providerOf(className);
    }
  }
  function installed(): Provider | undefined {
    try {
      return provider();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
      return undefined;
    }
  }
  return {
    configure: async (request) => installed()?.configure(request),
    check: (olds, news) => provider().check(olds, news),
    diff: (id, olds, news) => provider().diff(id, olds, news),
    create: (news) => provider().create(news),
    read: (id, olds) => provider().read(id, olds),
    update: (id, olds, news) => provider().update(id, olds, news),
    delete: (id, olds) => provider().delete(id, olds),
  };
}
