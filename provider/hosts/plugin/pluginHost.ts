/** All that the plugin takes from the process it runs in; nothing else of it reads the clock, chance or the environment. */
import { setTimeout as sleep } from "node:timers/promises";

import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import type { Host } from "../../run/host";
import { createEngineLog, createEngineWatch, type Grpc } from "../engine";
import { PACKAGE } from "./kinds";

export const bundledGrpc: Grpc = { EngineClient, LogRequest, LogSeverity, Metadata, credentials };

export interface PluginHost extends Host {
  /** The engine is at another address: it has not started the plugin itself. */
  attach(engineAddress: string): void;
}

/** @param startedBy the address of the engine that has started the process */
export function createPluginHost(startedBy: string): PluginHost {
  const clock = () => Date.now();
  // What a plugin writes is hidden, unless it crashes: then all of it is shown.
  const engineAt = (address: string) => ({
    address,
    log: createEngineLog(
      address,
      clock,
      () => bundledGrpc,
      () => undefined,
    ),
    isGone: createEngineWatch(address),
  });
  let engine = engineAt(startedBy);
  return {
    clock,
    elapsed: () => performance.now(),
    random: () => Math.random(),
    wait: (milliseconds) => sleep(milliseconds),
    environment: (name) => process.env[name],
    namespace: PACKAGE,
    log: (severity, message, urn) => engine.log(severity, message, urn),
    isEngineGone: () => engine.isGone(),
    attach(address) {
      if (address !== engine.address) engine = engineAt(address);
    },
  };
}
