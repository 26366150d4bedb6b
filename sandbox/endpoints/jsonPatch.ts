/** JSON patches. Source: RFC 6902, and for bodies with a comment LaunchDarkly's documentation of updates. */
import { applyPatch, type Operation } from "fast-json-patch";
import { z } from "zod";

import type { OpenQuestions } from "../openQuestions";

/** The operations of RFC 6902; the library that applies them knows others. */
const OPERATIONS = new Set(["add", "remove", "replace", "move", "copy", "test"]);

const operationsSchema = z.array(z.looseObject({ op: z.string(), path: z.string(), from: z.string().optional() }));

const bodySchema = z.union([
  operationsSchema,
  z.object({ comment: z.string().optional(), patch: operationsSchema }).transform(({ patch }) => patch),
]);

export type Patch = z.infer<typeof operationsSchema>;

/** @returns undefined for a body that is no patch */
export function readPatch(body: unknown): Patch | undefined {
  return bodySchema.safeParse(body).data;
}

/** The top-level members that a patch may change; "" is the whole document. */
export function membersOf(patch: Patch): string[] {
  const pointers = patch.flatMap(({ op, path, from }) => {
    if (op === "test") return [];
    return op === "move" && from !== undefined ? [path, from] : [path];
  });
  return pointers.map((pointer) => (pointer.split("/")[1] ?? "").replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** @returns the document as it is then; undefined if the patch can't be applied to it, or a test in it fails */
export function patched(
  document: object,
  patch: Patch,
  { replacesWhatIsAbsent }: Pick<OpenQuestions, "replacesWhatIsAbsent">,
): unknown {
  if (!patch.every(({ op }) => OPERATIONS.has(op))) return undefined;
  const operations = replacesWhatIsAbsent ? patch.map(addInPlaceOfReplace) : patch;
  try {
    return applyPatch(document, operations as unknown as Operation[], true, false).newDocument;
  } catch {
    return undefined;
  }
}

/** Adding a member of the document replaces it if it is there. */
function addInPlaceOfReplace(operation: Patch[number]): Patch[number] {
  const isOfMember = operation.path.lastIndexOf("/") === 0;
  return operation.op === "replace" && isOfMember ? { ...operation, op: "add" } : operation;
}
