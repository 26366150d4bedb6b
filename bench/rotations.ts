/** Stacks of so many access tokens, and what is done with them to be measured. */
import type { Sandbox } from "../sandbox/sandbox";
import { SCRIPT } from "./bench";
import { type Contender, type Measured, runScript } from "./contender";

/** What can be measured of a stack. */
export type Operation = "rotate" | "no change" | "preview" | "preview of a rotation";

export interface Rotations {
  readonly name: string;
  readonly contender: Contender;
  readonly tokenIds: readonly string[];
  /** Creates the resources, which rotates their tokens for the first time. */
  create(): Promise<Measured>;
  do(operation: Operation): Promise<Measured>;
}

/** @param waitMs how long the API would take, for the stack that asks it nothing */
export function rotationsOf(contender: Contender, sandbox: Sandbox, count: number, waitMs = 0): Rotations {
  const tokenIds = Array.from({ length: count }, (_, index) => sandbox.createToken({ name: `token ${index}` }).id);
  let edition = 0;

  function ask(quarter: number): void {
    const resources = tokenIds.map((tokenId, index) => ({
      name: `token-${index}`,
      className: "AccessTokenRotation",
      key: "token",
      inputs: { tokenId, triggers: { quarter }, oldKeyExpiry: "1h" },
    }));
    contender.ask(resources, { waitMs });
  }

  return {
    name: contender.name,
    contender,
    tokenIds,
    create() {
      ask(edition);
      return contender.up();
    },
    async do(operation) {
      switch (operation) {
        case "rotate":
          ask(++edition);
          return contender.up();
        case "no change":
          ask(edition);
          return contender.up();
        case "preview":
          ask(edition);
          return contender.preview();
        case "preview of a rotation":
          ask(edition + 0.5);
          return contender.preview();
      }
    },
  };
}

/** By the operation, and by who was measured. */
export type Results = ReadonlyMap<Operation, Readonly<Record<string, Measured[]>>>;

/**
 * Measures each operation of each in turn, so that what slows the machine down for a while hits them all. Each round
 * begins with another one.
 */
export async function measure(
  all: readonly Rotations[],
  operations: readonly Operation[],
  rounds: number,
  script?: Sandbox,
): Promise<Results> {
  const results = new Map<Operation, Record<string, Measured[]>>(operations.map((operation) => [operation, {}]));
  const note = (operation: Operation, name: string, measured: Measured) => {
    const of = results.get(operation) ?? {};
    (of[name] ??= []).push(measured);
  };
  for (let round = 0; round < rounds; round++) {
    const first = round % all.length;
    for (const operation of operations) {
      for (const one of [...all.slice(first), ...all.slice(0, first)]) {
        note(operation, one.name, await one.do(operation));
      }
    }
    const [any] = all;
    if (script !== undefined && any !== undefined) note("rotate", SCRIPT, await runScript(script, any.tokenIds));
  }
  return results;
}
