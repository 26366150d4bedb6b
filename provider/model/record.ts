/** A record at LaunchDarkly that the stack owns: what has a key, and can be made, changed, given an end and deleted. */
import type { Json } from "./json";

/** As LaunchDarkly shows it. */
export interface KeyRecord {
  readonly id: string;
  /** The whole key, where LaunchDarkly shows it again; null where it does not. */
  readonly key: string | null;
  /** The last four characters of its key. */
  readonly lastFour: string | null;
  /** For people; the mark of the resource that made it is at its end. */
  readonly description: string | null;
  /** From when on LaunchDarkly refuses its key, in epoch milliseconds; null for never. */
  readonly expiry: number | null;
  /** Epoch milliseconds; null if LaunchDarkly does not say. */
  readonly creationDate: number | null;
  /** The same; 0 while it has never been used. */
  readonly lastUsed: number | null;
  /** What a change may name, so that it is refused if somebody else has changed the record since; null if it has none. */
  readonly version: number | null;
  /** What else LaunchDarkly says of it, by the names of its settings; null for what is not said. */
  readonly [setting: string]: Json;
}

/** What can be changed of a record, by name. What is missing was not asked for, or LaunchDarkly did not say. */
export type Settings = Readonly<Record<string, Json | undefined>>;

/** What can't be changed of it: where it is, and what kind it is of. By the names of the inputs. */
export type Fixed = Readonly<Record<string, string | boolean>>;
