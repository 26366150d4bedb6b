/** The lifecycle of an access token that the stack owns. */
import type { Lifecycle } from "../provider";
import { check } from "./check";
import { create } from "./create";
import { diff } from "./diff";
import { read } from "./read";
import { remove } from "./remove";
import { update } from "./update";

export const ownedLifecycle: Lifecycle = {
  secretOutputs: ["token", "triggers"],
  check,
  diff,
  create,
  read,
  update,
  delete: async (run, session, _id, olds) => remove(run, session(), olds),
};
