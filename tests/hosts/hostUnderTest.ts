/** What a host has to offer so that tests/hosts/contract.ts can try it: the engine's side of one resource's calls. */
import type { Credential } from "../../provider/model/credential";
import type { Sandbox } from "../../sandbox/sandbox";
import type { ShownOnRow } from "../support/engine";
import type { Properties } from "../support/providerProcess";

/** What the engine keeps of a resource. */
export interface Kept {
  readonly id: string;
  /** Without what is the host's own. */
  readonly outputs: Properties;
  /** The program's, of the last run. */
  readonly inputs: Properties;
  /** Whether the last call failed: then a change follows, whatever a preview says. */
  readonly isUnfinished: boolean;
}

/** What a run came to. */
export interface Ended {
  /** Undefined while there is no such resource in the stack. */
  readonly kept: Kept | undefined;
  readonly error: Error | undefined;
}

export interface Difference {
  readonly changes: boolean;
  /** The inputs whose change replaces the resource. */
  readonly replaces: readonly string[];
}

/**
 * One resource, as the engine calls for it. `news` are the program's inputs. Every method rejects if a call fails; those
 * that return `Ended` have the failure in it.
 */
export interface HostedResource {
  readonly urn: string;
  /** A preview of its creation, or of what becomes of it. */
  preview(news: Properties, kept?: Kept): Promise<Difference>;
  /** An `up`: creates it, or changes it if that is due or was not finished. */
  up(news: Properties, kept?: Kept): Promise<Ended>;
  /** The call alone that creates or changes it, as a hook `onError` has it repeated. */
  repeat(news: Properties, kept?: Kept): Promise<Ended>;
  /** An `up` that replaces it: creates another, and deletes the one before. @returns what is kept of the other one */
  replace(news: Properties, kept: Kept): Promise<Kept>;
  /** A refresh: reads it, and compares what was read with the inputs of the last run. */
  refresh(kept: Kept): Promise<Ended & Partial<Difference>>;
  /** The second half of a refresh: nothing was checked in this run. */
  compare(kept: Kept, news: Properties): Promise<Difference>;
  destroy(kept: Kept): Promise<void>;
}

/** A process of a host: it has one run at a time. */
export interface HostProcess {
  /**
   * Begins a run, which knows nothing of the one before.
   *
   * @param settings the stack's, without their prefix; by default those that the sandbox needs
   */
  begin(sandbox: Sandbox, settings?: Readonly<Record<string, string>>): Promise<void>;
  /**
   * @param name in the program
   * @param copy another number for another copy of the class's code, where this host may have several in one run
   */
  resource(className: string, name: string, copy?: number): HostedResource;
  /** What this run has shown. */
  shown(): readonly ShownOnRow[];
  /** All that this run has written besides. */
  written(): string;
  /** Sends SIGINT, as Ctrl-C does. */
  interrupt(): void;
  /** Resolves when the process has ended. */
  ended(): Promise<void>;
  stop(): Promise<void>;
}

export interface HostUnderTest {
  readonly name: string;
  start(): Promise<HostProcess>;
  /** What a program is told that has two resources with these inputs. */
  refusalOfSecond(credential: Credential, inputs: Properties): Promise<string>;
}
