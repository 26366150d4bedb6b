/** The gRPC that the plugin brings along: it has no SDK beside it. */
import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import type { Grpc } from "../engine/engineLog";

export const bundledGrpc: Grpc = { EngineClient, LogRequest, LogSeverity, Metadata, credentials };
