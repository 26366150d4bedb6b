/** Single calls of Pulumi's protocol to the plugin, with what crosses the wire: tests of what a resource's life does not show. */
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { type Received, fromWire, toWire } from "../../provider/hosts/plugin/wire";
import type { PluginProcess } from "./pluginProcess";
import { answered, type Properties } from "./providerProcess";

export interface Old {
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
}

export interface Answer extends Received {
  readonly id: string;
  /** As it came, with its signatures. */
  readonly struct: Struct | undefined;
}

export interface Checked extends Received {
  readonly failures: readonly string[];
}

export interface Compared {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  /** The lines of the change, such as `triggers.a: 0 input`: the kind by its number. */
  readonly lines: Readonly<Record<string, string>>;
}

export interface Calls {
  checkConfig(news: Properties): Promise<Checked>;
  check(urn: string, news: Properties, old?: Old): Promise<Checked>;
  diff(urn: string, news: Properties, old: Old): Promise<Compared>;
  create(urn: string, news: Properties, preview?: boolean): Promise<Answer>;
  update(urn: string, news: Properties, old: Old, preview?: boolean): Promise<Answer>;
  read(urn: string, id: string, old?: Old): Promise<Answer & { readonly inputs: Received }>;
  delete(urn: string, old: Old): Promise<void>;
  invoke(token: string, inputs: Properties, isPreview?: boolean): Promise<Properties>;
  cancel(): Promise<void>;
}

export function callsOf({ client }: PluginProcess): Calls {
  const struct = (properties: Properties = {}) => toWire(properties);
  const answer = (id: string, sent: Struct | undefined): Answer => ({ id, struct: sent, ...fromWire(sent) });
  const checked = (response: messages.CheckResponse): Checked => ({
    ...fromWire(response.getInputs()),
    failures: response.getFailuresList().map((failure) => `${failure.getProperty()}${failure.getReason()}`),
  });
  return {
    async checkConfig(news) {
      const request = new messages.CheckRequest().setNews(struct(news));
      return checked(await answered((done) => client.checkConfig(request, done)));
    },
    async check(urn, news, old = {}) {
      const request = new messages.CheckRequest().setUrn(urn).setOlds(struct(old.inputs)).setNews(struct(news));
      return checked(await answered((done) => client.check(request, done)));
    },
    async diff(urn, news, { id = "", inputs, outputs }) {
      const request = new messages.DiffRequest().setUrn(urn).setId(id).setNews(struct(news));
      request.setOlds(struct(outputs)).setOldInputs(struct(inputs));
      const response = await answered<messages.DiffResponse>((done) => client.diff(request, done));
      const lines: Record<string, string> = {};
      response.getDetaileddiffMap().forEach((line, path) => {
        lines[path] = `${line.getKind()} ${line.getInputdiff() ? "input" : "output"}`;
      });
      const changes = response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME;
      return { changes, replaces: response.getReplacesList(), lines };
    },
    async create(urn, news, preview = false) {
      const request = new messages.CreateRequest().setUrn(urn).setProperties(struct(news)).setPreview(preview);
      const response = await answered<messages.CreateResponse>((done) => client.create(request, done));
      return answer(response.getId(), response.getProperties());
    },
    async update(urn, news, { id = "", inputs, outputs }, preview = false) {
      const request = new messages.UpdateRequest().setUrn(urn).setId(id).setPreview(preview).setNews(struct(news));
      request.setOlds(struct(outputs)).setOldInputs(struct(inputs));
      const response = await answered<messages.UpdateResponse>((done) => client.update(request, done));
      return answer(id, response.getProperties());
    },
    async read(urn, id, { inputs, outputs } = {}) {
      const request = new messages.ReadRequest().setUrn(urn).setId(id);
      request.setProperties(struct(outputs)).setInputs(struct(inputs));
      const response = await answered<messages.ReadResponse>((done) => client.read(request, done));
      return { ...answer(response.getId(), response.getProperties()), inputs: fromWire(response.getInputs()) };
    },
    async delete(urn, { id = "", outputs }) {
      const request = new messages.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(outputs));
      await answered((done) => client.delete(request, done));
    },
    async invoke(token, inputs, isPreview = false) {
      const request = new messages.InvokeRequest().setTok(token).setArgs(struct(inputs)).setPreview(isPreview);
      const response = await answered<messages.InvokeResponse>((done) => client.invoke(request, done));
      return { ...fromWire(response.getReturn()).values };
    },
    async cancel() {
      await answered((done) => client.cancel(new Empty(), done));
    },
  };
}
