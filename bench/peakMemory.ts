/** How much memory the provider's process of a run takes at the most. */
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

const EVERY_MS = 50;

/**
 * Runs work that starts one provider's process, and watches that.
 *
 * @returns its peak in megabytes; undefined where the system does not tell it
 */
export async function withPeakMemory<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly peakMB: number | undefined }> {
  let isOver = false as boolean;
  let provider: number | undefined;
  let peakMB: number | undefined;
  const watched = (async () => {
    while (!isOver) {
      provider ??= findProvider(process.pid);
      if (provider !== undefined) peakMB = peakOf(provider) ?? peakMB;
      await sleep(EVERY_MS);
    }
  })();
  try {
    const result = await work();
    return { result, peakMB };
  } finally {
    isOver = true;
    await watched;
  }
}

/** The dynamic provider among the descendants of a process, by Linux's /proc. */
function findProvider(id: number): number | undefined {
  for (const child of childrenOf(id)) {
    // What only looks for the provider's script has -e in the place of a file.
    if (/^[^\0]*node\0[^-\0][^\0]*dynamic-provider/.test(read(`/proc/${child}/cmdline`))) return child;
    const below = findProvider(child);
    if (below !== undefined) return below;
  }
  return undefined;
}

function childrenOf(id: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${id}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    read(`/proc/${id}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
}

function peakOf(id: number): number | undefined {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${id}/status`)) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It has ended meanwhile, or there is no /proc.
    return "";
  }
}
