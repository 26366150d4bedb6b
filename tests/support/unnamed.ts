/** Messages without the name of their resource, for tests of what they say. tests/lifecycle/rows.test.ts has the names. */
import { placeOf } from "../../provider/model/mark";

/** @param urn of the resource that the message is shown with, if there is one */
export function unnamed(message: string, urn: string | undefined): string {
  return urn === undefined ? message : message.replace(` (${placeOf(urn).name}):`, ":");
}
