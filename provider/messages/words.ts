/** The form of every message: an error for people, a resource's name after the verdict, a sentence. */
import type { Wording } from "../model/credential";
import { placeOf } from "../model/mark";
import { printable } from "../model/redact";
import { SETTING } from "../model/settingNames";
import type { Identity, State } from "../model/state";

/** What is printed of it on the stack's row, after the verdict. */
const ELSEWHERE = "see the error of the resource.";

/**
 * Pulumi prints the stack trace of what a provider throws. This error has none, because the cause is a setting, a
 * value or an answer of LaunchDarkly, and not a place in the code.
 *
 * Pulumi shows the message with the resource. Its process also prints `${error}: ${error.stack}` on the stack's own row, which
 * need not say all of it again: "Can't rotate (ci): see the error of the resource." So the stack trace is that pointer once
 * the error was made into a string, and empty for whatever else looks at it, such as a crash dump. Source: @pulumi/pulumi,
 * cmd/dynamic-provider.
 */
export class UserError extends Error {
  override readonly name = "Error";
  #isString = false;

  constructor(message: string) {
    super(message);
    Object.defineProperty(this, "stack", { configurable: true, get: () => (this.#isString ? ELSEWHERE : "") });
  }

  override toString(): string {
    this.#isString = true;
    return this.message.split(":", 1).join();
  }
}

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

/** A reason, as the beginning of a sentence. */
export function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** How messages name a setting: both of its places, as a person would type them. */
export const ACCESS_TOKEN = `${SETTING.accessToken} (or LAUNCHDARKLY_ACCESS_TOKEN)`;
export const API_HOST = `${SETTING.apiHost} (or LAUNCHDARKLY_API_HOST)`;
export const HTTP_TIMEOUT = `${SETTING.httpTimeout} (or LAUNCHDARKLY_HTTP_TIMEOUT)`;
