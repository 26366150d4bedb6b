/** What every scenario works with, and what it comes to. */
import { startSandbox, type Sandbox, type SandboxOptions } from "../sandbox/sandbox";
import { type Contender, createContender, type Program } from "./contender";
import type { Figure } from "./figure";
import type { Options } from "./options";
import type { Growth } from "./report/growthSvg";

export interface Bench {
  readonly options: Options;
  /** The unpacked package; undefined for the checkout's own build. */
  readonly packed: string | undefined;
  /** The same of the commit that it is compared with. */
  readonly before: string | undefined;
  /** Tells people how far it is. */
  readonly say: (text: string) => void;
}

export interface Outcome {
  readonly figures: readonly Figure[];
  /** How a duration grows with the number of resources, by who was measured. */
  readonly growth?: readonly Growth[];
}

export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Whether it takes minutes, and so is measured only when it is asked for. */
  readonly isLong?: boolean;
  run(bench: Bench): Promise<Outcome>;
}

/** The names under which figures stand. */
export const NOTHING = "nothing";
/** Does nothing either, with a text as long as ours. */
export const AS_LARGE = "nothing, as large";
export const HAND_WRITTEN = "hand-written";
export const BEFORE = "before";
export const OURS = "ours";
/** Ours by the other host, for every language of Pulumi. */
export const PLUGIN = "plugin";
export const SCRIPT = "script";
/** A program without resources: what any run of Pulumi's takes. */
export const EMPTY = "no resource";

/** What the text of the do-nothing provider lacks to be as long as ours. */
const FILLER_LENGTH = 744;

/** Those that take part where nothing else is said. */
export const COMPARED: readonly string[] = [NOTHING, HAND_WRITTEN, BEFORE, OURS, PLUGIN];

/** In the order of the table. */
export function programs({ packed, before }: Bench, names = COMPARED): Program[] {
  const all: Program[] = [
    { name: NOTHING, folder: "nothing" },
    { name: AS_LARGE, folder: "nothing", fillerLength: FILLER_LENGTH },
    { name: HAND_WRITTEN, folder: "handWritten" },
    ...(before === undefined ? [] : [{ name: BEFORE, folder: "ours", packed: before }]),
    { name: OURS, folder: "ours", packed },
    { name: PLUGIN, folder: "plugin", packed, namespace: "launchdarkly-rotation" },
  ];
  return all.filter(({ name }) => names.includes(name));
}

/** Runs work with a sandbox and stacks of it, and removes them whatever happens. */
export async function withStacks<Result>(
  wanted: readonly Program[],
  options: SandboxOptions,
  work: (sandbox: Sandbox, contenders: readonly Contender[]) => Promise<Result>,
): Promise<Result> {
  const sandbox = await startSandbox(options);
  const contenders: Contender[] = [];
  try {
    for (const program of wanted) contenders.push(await createContender(program, sandbox));
    return await work(sandbox, contenders);
  } finally {
    for (const contender of contenders) contender.remove();
    await sandbox.stop();
  }
}
