/** Invoke: the functions that programs call. */
import { type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";

import { UserError } from "../../messages/userError";
import { printable } from "../../model/printable";
import type { Properties } from "../../model/properties";
import type { Session } from "../../run/session";
import { version } from "../../version";
import { PACKAGE } from "./kinds";
import type { PluginRun } from "./pluginRun";
import { fromWire, toWire } from "./wire";

/** @throws {UserError} if there is no answer */
type Answer = (session: Session, inputs: Properties) => Promise<Properties>;

/** By what programs call them. */
export type Functions = Readonly<Record<string, Answer>>;

export async function invoke(functions: Functions, run: PluginRun, request: InvokeRequest): Promise<InvokeResponse> {
  const token = request.getTok();
  const answer = functions[token];
  if (answer === undefined) throw new UserError(`${printable(token)} is no function of ${PACKAGE} ${version}.`);
  const found = await answer(run.contextIn("update").session(), fromWire(request.getArgs()).values);
  return new InvokeResponse().setReturn(toWire(found));
}
