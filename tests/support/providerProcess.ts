/** The real dynamic-provider process of the Pulumi SDK, spoken to over gRPC as the engine does. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { isDeepStrictEqual } from "node:util";
import path from "node:path";
import readline from "node:readline";

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { killed } from "./childExit";
import { type ShownOnRow, startEngine } from "./engine";
import { goldenStub } from "./goldenStubs";
import { kinds } from "./kinds";
import { createWorkspace } from "../../tools/stack/workspace";

export type Properties = Record<string, unknown>;

/** A call that failed; `saved` is what the engine would keep as state, in `struct` with its signatures. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly saved: { id: string; properties: Properties; struct: Struct | undefined; reasons: string[] } | undefined,
  ) {
    super(message);
  }
}

/** Pulumi's methods for the resources of one class. */
export interface Methods {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: string[] }>;
  diff(olds: Properties, news: Properties): Promise<{ changes: boolean | undefined; replaces: string[] }>;
  /** The same as a refresh has it: no check comes before it. */
  uncheckedDiff: Methods["diff"];
  create(news: Properties): Promise<{ id: string; outs: Properties }>;
  /** Begins another run, as the engine does it, if the old outputs are what a failed call has saved. */
  update(olds: Properties, news: Properties): Promise<Properties>;
  /** The same in the run of the failed call, as a hook `onError` has it. */
  repeat(olds: Properties, news: Properties): Promise<Properties>;
  read(olds: Properties): Promise<{ id: string; outs: Properties }>;
  delete(olds: Properties): Promise<void>;
}

/** The methods are those of AccessTokenRotation; `of` gives those of another class, or stub, in the same process. */
export interface ProviderProcess extends Methods {
  of(className: string, stub?: string): Methods;
  readonly process: ChildProcess;
  /** What the provider showed through the engine, such as "warning: …". */
  readonly shown: string[];
  /** The same, with the rows. */
  readonly shownOnRows: ShownOnRow[];
  /** What it wrote to standard output and standard error. */
  written(): string;
  /** Begins another run in the same process, with nothing shown yet. */
  configure(config: Readonly<Record<string, string>>): Promise<void>;
  /** Takes the engine away, as when the CLI is killed. */
  stopEngine(): void;
  stop(): Promise<void>;
}

export interface ProviderProcessOptions {
  /** The stack's configuration, such as `{ "launchdarkly:apiHost": "…" }`. @default none, until `configure` */
  readonly config?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startProviderProcess(options: ProviderProcessOptions = {}): Promise<ProviderProcess> {
  const { config, environment } = options;
  const shown: string[] = [];
  const shownOnRows: ShownOnRow[] = [];
  const engine = await startEngine(shown, shownOnRows);
  const workspace = createWorkspace();
  const script = path.join(workspace.folder, "node_modules", "@pulumi", "pulumi", "cmd", "dynamic-provider");
  const child = spawn(process.execPath, [script, engine.address], {
    cwd: workspace.folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  child.stderr.on("data", (chunk: Buffer) => (written += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => (written += chunk.toString()));
  const [port] = (await once(readline.createInterface(child.stdout), "line")) as [string];
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  let runs = 0;
  /** The run in which a program was checked last. */
  let checkedIn: number | undefined;

  async function configure(values: Readonly<Record<string, string>>): Promise<void> {
    runs++;
    shown.length = 0;
    shownOnRows.length = 0;
    written = "";
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(values));
    await answered((done) => client.configure(request, done));
  }
  if (config !== undefined) await configure(config);

  const of = (className: string, stub = goldenStub(className)): Methods => {
    // The process configures each text of a provider once.
    const struct = (properties: Properties) =>
      Struct.fromJavaScript({ ...properties, __provider: `${stub}// run ${runs}\n` });
    const identity = kinds.find(({ credential }) => credential.className === className)?.credential.identity;
    // The id of a resource that owns its token is the nonce in its tokens' marks.
    const idOf = (olds: Properties) => (identity ?? ["nonce"]).map((name) => String(olds[name])).join("/");
    const check = (olds: Properties, news: Properties) => {
      const request = new messages.CheckRequest();
      request.setOlds(Object.keys(olds).length === 0 ? new Struct() : struct(olds));
      request.setNews(struct(news));
      return answered<messages.CheckResponse>((done) => client.check(request, done));
    };
    /** What the last call that failed has saved. */
    let saved: Properties | undefined;
    const noted = <Response>(answer: Promise<Response>) =>
      answer.catch((error: unknown) => {
        if (error instanceof CallError) saved = error.saved?.properties;
        throw error;
      });
    async function repeat(olds: Properties, news: Properties): Promise<Properties> {
      const request = new messages.UpdateRequest();
      request.setId(idOf(olds));
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const response = await noted(answered<messages.UpdateResponse>((done) => client.update(request, done)));
      return plain(response.getProperties());
    }
    async function uncheckedDiff(olds: Properties, news: Properties) {
      const request = new messages.DiffRequest();
      request.setId(idOf(olds));
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const response = await answered<messages.DiffResponse>((done) => client.diff(request, done));
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      const changes = new Map([
        [DIFF_SOME, true],
        [DIFF_NONE, false],
      ]).get(response.getChanges());
      return { changes, replaces: response.getReplacesList() };
    }
    return {
      async check(olds, news) {
        checkedIn = runs;
        const response = await check(olds, news);
        return {
          inputs: plain(response.getInputs()),
          failures: response.getFailuresList().map((failure) => `${failure.getProperty()}|${failure.getReason()}`),
        };
      },
      async diff(olds, news) {
        // As the engine does where the program runs.
        if (checkedIn !== runs) await check(news, news);
        checkedIn = runs;
        return uncheckedDiff(olds, news);
      },
      uncheckedDiff,
      async create(news) {
        const request = new messages.CreateRequest();
        request.setProperties(struct(news));
        const response = await noted(answered<messages.CreateResponse>((done) => client.create(request, done)));
        return { id: response.getId(), outs: plain(response.getProperties()) };
      },
      async update(olds, news) {
        if (saved !== undefined && isDeepStrictEqual(olds, saved)) await check(news, { ...news, __preview: false });
        return repeat(olds, news);
      },
      repeat,
      async read(olds) {
        const request = new messages.ReadRequest();
        request.setId(idOf(olds));
        request.setProperties(struct(olds));
        const response = await answered<messages.ReadResponse>((done) => client.read(request, done));
        return { id: response.getId(), outs: plain(response.getProperties()) };
      },
      async delete(olds) {
        const request = new messages.DeleteRequest();
        request.setId(idOf(olds));
        request.setProperties(struct(olds));
        await answered<Empty>((done) => client.delete(request, done));
      },
    };
  };

  return {
    ...of("AccessTokenRotation"),
    of,
    configure,
    process: child,
    shown,
    shownOnRows,
    written: () => written,
    stopEngine: engine.stop,
    async stop() {
      client.close();
      await killed(child);
      engine.stop();
      workspace.remove();
    },
  };
}

type Callback<Response> = (error: grpc.ServiceError | null, response: Response) => void;

/** The answer to a call; a failure has what the engine would save. */
export function answered<Response>(start: (done: Callback<Response>) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (error === null) resolve(response);
      else reject(new CallError(error.details, savedState(error)));
    });
  });
}

function savedState(error: grpc.ServiceError): CallError["saved"] {
  const [packed] = error.metadata.get("grpc-status-details-bin");
  if (packed === undefined) return undefined;
  const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  const struct = failed.getProperties();
  return { id: failed.getId(), properties: plain(struct), struct, reasons: failed.getReasonsList() };
}

/** As the engine hands them to a provider that takes no secrets. */
function plain(struct: Struct | undefined): Properties {
  const properties = JSON.stringify(struct?.toJavaScript() ?? {});
  return JSON.parse(properties, (_name, value: unknown): unknown => unwrapRpcSecret(value)) as Properties;
}
