/** Where the figures come from. */
import { execFileSync } from "node:child_process";
import os from "node:os";
import process from "node:process";

import { version as sdk } from "@pulumi/pulumi/package.json";

import { repository } from "../tools/stack/workspace";

export interface Machine {
  readonly at: string;
  readonly commit: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The load of the last minute when the bench began: above half of the cores, others were at work. */
  readonly load: number;
}

export function describeMachine(): Machine {
  return {
    at: new Date().toISOString(),
    commit: answerOf("git", ["rev-parse", "--short", "HEAD"]),
    processor: os.cpus()[0]?.model ?? "unknown",
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    versions: {
      node: process.version,
      pulumi: answerOf("pulumi", ["version"]),
      "@pulumi/pulumi": sdk,
    },
    load: Math.round((os.loadavg()[0] ?? 0) * 100) / 100,
  };
}

function answerOf(command: string, words: string[]): string {
  try {
    return execFileSync(command, words, {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}
