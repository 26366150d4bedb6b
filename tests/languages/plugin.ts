/** In the place of the plugin's code, until it is there: keys are made up, and nothing is asked of LaunchDarkly. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";

import { fromWire, toWire } from "../../provider/hosts/plugin/wire";

const text = readFileSync(path.join(__dirname, "schema.json"), "utf8");
const { version } = JSON.parse(text) as { version: string };

const NONE = proto.DiffResponse.DiffChanges.DIFF_NONE;

function answer<Request, Response>(of: (request: Request) => Response): handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    callback(null, of(request));
  };
}

const server = new Server();
server.addService(ResourceProviderService, {
  getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
  getSchema: answer(() => new proto.GetSchemaResponse().setSchema(text)),
  checkConfig: answer((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
  diffConfig: answer(() => new proto.DiffResponse().setChanges(NONE)),
  configure: answer(() => new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)),
  check: answer((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
  diff: answer(() => new proto.DiffResponse().setChanges(NONE)),
  create: answer((request: proto.CreateRequest) => {
    const { tokenId = "", triggers } = fromWire(request.getProperties()).values;
    const token = `key of ${JSON.stringify(tokenId)}`;
    const outputs = { tokenId, token, lastRotationReason: JSON.stringify(triggers) };
    return new proto.CreateResponse().setId("1").setProperties(toWire(outputs, new Set(["token"])));
  }),
  delete: answer(() => new Empty()),
  invoke: answer((request: proto.InvokeRequest) => {
    const { name } = fromWire(request.getArgs()).values;
    return new proto.InvokeResponse().setReturn(toWire({ id: "found", name, customRoleIds: [] }));
  }),
  cancel: answer(() => new Empty()),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(port);
});
