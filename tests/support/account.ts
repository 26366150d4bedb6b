/** What the sandbox's account has, to be brought back between the runs of a table. */
import type { Collection, Store } from "../../sandbox/store";

type Anything = Collection<{ readonly id: string }>;

/** @returns brings all back as it is now, and takes away what has come since */
export function remembered(store: Store): () => void {
  const all = collectionsOf(store).map((collection) => ({ collection, before: collection.all() }));
  return () => {
    for (const { collection, before } of all) {
      for (const { id } of collection.all()) collection.delete(id);
      for (const one of before) collection.save(one);
    }
  };
}

/** The tokens, and whatever else has keys: one that is added is among them. */
function collectionsOf(store: Store): Anything[] {
  const isCollection = (value: unknown): value is Anything => {
    return typeof value === "object" && value !== null && "save" in value && "delete" in value && "all" in value;
  };
  const values: readonly unknown[] = [store, ...(Object.values(store) as unknown[])];
  return values.filter(isCollection);
}
