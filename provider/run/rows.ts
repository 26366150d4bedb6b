/**
 * Which resource a message is shown under, and how it names that. Only the program knows a resource's URN, and tells it to
 * check. So the URN is remembered under the credential for the calls that follow. A refresh and a destroy run without the program.
 */
import { named, resourceNamed } from "../messages/naming";
import type { Log } from "./host";
import type { Session } from "./session";

/** Where a message is shown: under the resource, or under the stack, where the message has to name the credential. */
export interface Row {
  /** Undefined for the stack's row. */
  readonly urn: string | undefined;
  /** The credential, such as `access token "ci", 610955…`. */
  readonly name: string;
}

export function onRow(log: Log, { urn, name }: Row): Log {
  return (severity, message) =>
    urn === undefined ? log(severity, named(message, name)) : log(severity, resourceNamed(message, urn), urn);
}

/** The session, with all that is logged through it on one row. */
export function sessionOnRow(session: Session, row: Row): Session {
  const { host } = session;
  return { ...session, host: { ...host, log: onRow(host.log, row) } };
}
