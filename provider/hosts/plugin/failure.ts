/** How a call fails by gRPC: with the state that Pulumi has to keep, if there is one. */
import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { UserError } from "../../messages/words";
import { redact } from "../../model/redact";
import { succeeded as succeededIn, type Success, type Unfinished } from "../context";
import { RefusedValue } from "./wire";

/** A failure after which Pulumi keeps a state, and calls update in the next run whatever diff says. */
export class PartialFailure extends UserError {
  readonly id: string;
  /** Private, because it holds the key: a crash dump prints every property of its own. */
  readonly #properties: Struct;
  readonly #inputs: Struct | undefined;

  constructor(id: string, properties: Struct, inputs: Struct | undefined, message: string) {
    super(message);
    this.id = id;
    this.#properties = properties;
    this.#inputs = inputs;
  }

  get detail(): ErrorResourceInitFailed {
    const detail = new ErrorResourceInitFailed();
    detail.setId(this.id);
    detail.setProperties(this.#properties);
    detail.setInputs(this.#inputs);
    detail.setReasonsList([this.message]);
    return detail;
  }
}

/**
 * The outcome of a call that succeeded.
 *
 * @param saved how what Pulumi saves crosses the wire; undefined for a call that saves nothing
 * @throws {UserError} for a failure; {PartialFailure} if Pulumi has to save a state
 */
export function succeeded<Result extends { readonly kind: string }>(
  outcome: Result,
  saved?: { properties(outputs: Unfinished["outputs"]): Struct; readonly inputs: Struct | undefined },
): Success<Result> {
  return succeededIn(outcome, ({ id, outputs, reason }) => {
    if (saved === undefined) return new Error("this call saves nothing");
    return new PartialFailure(id, saved.properties(outputs), saved.inputs, reason);
  });
}

/** What gRPC sends of an error. */
export function grpcError(thrown: unknown): { code: status; details: string; metadata: Metadata } {
  const details = textOf(thrown);
  const metadata = new Metadata();
  if (thrown instanceof PartialFailure) {
    const packed = new Any();
    packed.pack(thrown.detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const reply = new Status();
    reply.setCode(status.UNKNOWN);
    reply.setMessage(details);
    reply.addDetails(packed);
    metadata.add("grpc-status-details-bin", Buffer.from(reply.serializeBinary()));
  }
  return { code: status.UNKNOWN, details, metadata };
}

/** What nobody foresaw is told with its place in the code, and without a key that it may show. */
function textOf(thrown: unknown): string {
  if (thrown instanceof UserError || thrown instanceof RefusedValue) return thrown.message;
  return redact(thrown instanceof Error ? (thrown.stack ?? thrown.message) : typeof thrown).toWellFormed();
}
