/** The golden copies of what Pulumi keeps of the stubs in every state. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { credentialsOfStacks } from "./kinds";

/** The stub's serialized text: what every state of an AccessTokenRotation holds. */
export const GOLDEN_STUB = path.join(__dirname, "..", "hosts", "stub.golden.txt");
/** The same of all others whose key is reset, with CLASS NAME where the name of the class belongs. */
const GOLDEN_STUB_OF = path.join(__dirname, "..", "hosts", "stubOf.golden.txt");

/** That of a RotatingAccessToken; those of the others that the stack owns have the name of their class in it. */
export const GOLDEN_STUB_OF_OWNER = path.join(__dirname, "..", "hosts", "stubOfOwner.golden.txt");

/** The text of the stub that a state of this class holds. */
export function goldenStub(className: string): string {
  if (className === "AccessTokenRotation") return readFileSync(GOLDEN_STUB, "utf8");
  if (credentialsOfStacks.some((one) => one.className === className)) {
    return readFileSync(GOLDEN_STUB_OF_OWNER, "utf8").replaceAll("RotatingAccessToken", className);
  }
  return readFileSync(GOLDEN_STUB_OF, "utf8").replaceAll("CLASS NAME", className);
}
