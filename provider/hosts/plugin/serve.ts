/** Serves the engine that has started the plugin, for as long as it is there. */
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

import type { PluginHost } from "./pluginHost";
import { createService, type Offer } from "./service";

/** As large as the engine's own. Source: pulumi, sdk/go/common/util/rpcutil, GrpcMaxMessageSize. */
const LONGEST_MESSAGE = 400 * 1024 * 1024;

const LOOK_EVERY_MS = 1_000;

/**
 * @param listening is told the port
 * @param gone ends the process: an engine that was killed ends none of its plugins
 */
export function serve(host: PluginHost, offer: Offer, listening: (port: number) => void, gone: () => void): void {
  const { implementation, isIdle } = createService(host, offer);
  const server = new Server({
    "grpc.max_receive_message_length": LONGEST_MESSAGE,
    "grpc.max_send_message_length": LONGEST_MESSAGE,
  });
  server.addService(ResourceProviderService, implementation);
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    listening(port);
    void watch();
  });

  async function watch(): Promise<void> {
    for (;;) {
      await host.wait(LOOK_EVERY_MS);
      if (isIdle() && (await host.isEngineGone()) && isIdle()) break;
    }
    gone();
  }
}
