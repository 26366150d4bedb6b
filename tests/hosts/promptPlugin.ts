/** The plugin in the test's own process, by gRPC, with a host that waits for nothing: for tables of what may go wrong. */
import assert from "node:assert/strict";

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { credentials } from "../../provider/credentials/all";
import { kindsOf, schemaIn } from "../../provider/hosts/plugin/kinds";
import { createPluginHost } from "../../provider/hosts/plugin/pluginHost";
import { createService } from "../../provider/hosts/plugin/service";
import { toWire } from "../../provider/hosts/plugin/wire";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import { committed } from "../../tools/plugin/committed";
import { type ShownOnRow, startEngine } from "../support/engine";
import { answered } from "../support/providerProcess";
import type { HostUnderTest } from "./hostUnderTest";
import { pluginHost, pluginResource } from "./pluginHost";

const offer = { kinds: kindsOf(credentials, lifecycleOf), functions: {}, schema: schemaIn(committed) };

export const promptPlugin: HostUnderTest = {
  ...pluginHost,
  name: "the plugin, which waits for nothing",
  async start() {
    const shown: ShownOnRow[] = [];
    const engine = await startEngine([], shown);
    const host = { ...createPluginHost(engine.address), wait: () => Promise.resolve() };
    const server = new grpc.Server();
    server.addService(ResourceProviderService, createService(host, offer).implementation);
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    return {
      async begin({ url, adminKey }, settings = { apiHost: url, accessToken: adminKey }) {
        shown.length = 0;
        const request = new messages.ConfigureRequest().setArgs(toWire(settings, new Set(["accessToken"])));
        await answered<messages.ConfigureResponse>((done) => client.configure(request, done));
      },
      resource: (className, name) => pluginResource({ client }, className, name),
      shown: () => shown,
      written: () => "",
      interrupt: () => assert.fail("it is the test's own process"),
      ended: () => Promise.reject(new Error("it is the test's own process")),
      stop() {
        client.close();
        server.forceShutdown();
        engine.stop();
        return Promise.resolve();
      },
    };
  },
};
