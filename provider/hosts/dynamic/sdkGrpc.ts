/** The gRPC that the program's own SDK has. */
import { createRequire } from "node:module";

import type { Grpc } from "../engine";

/**
 * It is asked for from inside the SDK, so that no `exports` of a later one closes it.
 *
 * @throws {Error} if there is no SDK, or it has them elsewhere
 */
export function sdkGrpc(): Grpc {
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi"));
  const { credentials, Metadata } = fromSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  const { EngineClient } = fromSdk("./proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } = fromSdk("./proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
  return { EngineClient, LogRequest, LogSeverity, Metadata, credentials };
}
