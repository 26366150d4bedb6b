/** Pulumi's protocol: each call, on the lifecycles that the dynamic resources have as well. */
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { UserError } from "../../messages/words";
import type { Properties } from "../../model/json";
import { printable } from "../../model/redact";
import { cancel } from "../../run/interrupts";
import type { Session } from "../../run/session";
import { version } from "../../version";
import { create, deleteResource, read, update } from "./change";
import { check, diff } from "./check";
import { checkConfig, configure, diffConfig } from "./config";
import { grpcError } from "./failure";
import { type Kind, kindOf, type Kinds, PACKAGE, type Schema } from "./kinds";
import type { PluginHost } from "./pluginHost";
import { createPluginRun, type PluginRun } from "./pluginRun";
import { previewCreate, previewUpdate } from "./preview";
import { fromWire, toWire } from "./wire";

/** @throws {UserError} if there is no answer */
type Answer = (session: Session, inputs: Properties, isPreview: boolean) => Promise<Properties>;

/** By what programs call them. */
export type Functions = Readonly<Record<string, Answer>>;

async function invoke(
  functions: Functions,
  run: PluginRun,
  request: proto.InvokeRequest,
): Promise<proto.InvokeResponse> {
  const token = request.getTok();
  const answer = functions[token];
  if (answer === undefined) throw new UserError(`${printable(token)} is no function of ${PACKAGE} ${version}.`);
  const session = run.contextIn("update").session();
  const found = await answer(session, fromWire(request.getArgs()).values, request.getPreview());
  return new proto.InvokeResponse().setReturn(toWire(found));
}

/** What the plugin offers to programs. */
export interface Offer {
  readonly kinds: Kinds;
  readonly functions: Functions;
  readonly schema: Schema;
}

export interface Service {
  readonly implementation: UntypedServiceImplementation;
  /** Whether no call is under way. */
  isIdle(): boolean;
}

export function createService(host: PluginHost, { kinds, functions, schema }: Offer): Service {
  const run = createPluginRun(host);
  let calls = 0;

  function call<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
    return ({ request }: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>) => {
      calls++;
      void Promise.resolve()
        .then(() => answer(request))
        .then(
          (response) => {
            done(null, response);
          },
          (error: unknown) => {
            done(grpcError(error));
          },
        )
        .finally(() => calls--);
    };
  }

  /** A call about one resource. */
  const on = <Request extends { getUrn(): string }, Response>(
    answer: (kind: Kind, request: Request) => Promise<Response>,
  ) => call(async (request: Request) => answer(kindOf(kinds, request), request));

  function attach(engineAddress: string): void {
    if (engineAddress !== "") host.attach(engineAddress);
  }

  return {
    isIdle: () => calls === 0,
    implementation: {
      handshake: call((request: proto.ProviderHandshakeRequest) => {
        attach(request.getEngineAddress());
        return new proto.ProviderHandshakeResponse().setAcceptSecrets(true);
      }),
      attach: call((request: PluginAttach) => {
        attach(request.getAddress());
        return new Empty();
      }),
      getPluginInfo: call(() => new PluginInfo().setVersion(version)),
      getSchema: call(() => new proto.GetSchemaResponse().setSchema(schema.text())),
      checkConfig: call((request: proto.CheckRequest) => checkConfig(run, request)),
      diffConfig: call((request: proto.DiffRequest) => diffConfig(request)),
      configure: call((request: proto.ConfigureRequest) => configure(run, request)),
      check: on((kind, request: proto.CheckRequest) => check(kind, run, request)),
      diff: on((kind, request: proto.DiffRequest) => diff(kind, run, request)),
      create: on((kind, request: proto.CreateRequest) =>
        request.getPreview() ? previewCreate(kind, run, request, schema) : create(kind, run, request),
      ),
      read: on((kind, request: proto.ReadRequest) => read(kind, run, request)),
      update: on((kind, request: proto.UpdateRequest) =>
        request.getPreview() ? previewUpdate(kind, run, request) : update(kind, run, request),
      ),
      delete: on((kind, request: proto.DeleteRequest) => deleteResource(kind, run, request)),
      invoke: call((request: proto.InvokeRequest) => invoke(functions, run, request)),
      cancel: call(() => {
        cancel(true);
        return new Empty();
      }),
    },
  };
}
