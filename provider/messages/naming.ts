/** How messages name a credential. */
import type { Wording } from "../model/credential";
import { placeOf } from "../model/mark";
import { printable } from "../model/printable";
import type { Identity, State } from "../model/state";

type Named = Pick<State, "identity" | "details">;

/** Its kind, its name at LaunchDarkly where that is known, and its id: `access token "ci", 610955…`. */
export function subject({ noun }: Wording, { identity, details: { name } }: Named): string {
  const known = typeof name === "string" ? printable(name) : "";
  return known === "" ? `${noun} ${idOf(identity)}` : `${noun} "${known}", ${idOf(identity)}`;
}

/** As LaunchDarkly's URLs write it. */
export function idOf(identity: Identity): string {
  return printable(Object.values(identity).join("/"));
}

/**
 * A message whose place does not show what it is about. Every message begins with its verdict and a colon; the
 * name follows the verdict: `Will reset (access token "ci", 610955…): triggers.quarter changed.`
 */
export function named(message: string, name: string): string {
  return message.replace(":", () => ` (${name}):`);
}

/** A message that begins with its verdict. */
const WITH_VERDICT = /^[A-Z][^:.("]{2,60}: /;

/**
 * A message that is shown with its resource: by its name in the program, because `--diff` shows the message without it.
 * One without a verdict concerns all resources.
 */
export function resourceNamed(message: string, urn: string): string {
  return WITH_VERDICT.test(message) ? named(message, printable(placeOf(urn).name)) : message;
}
