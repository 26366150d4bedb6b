/** Tells a unit test of a program from a run. */
import * as pulumi from "@pulumi/pulumi";

/** Whether the program runs in a unit test, with `pulumi.runtime.setMocks`. */
export function isMocked(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return typeof monitor === "object" && monitor !== null && "mocks" in monitor;
}
