/** What LaunchDarkly's documentation asks of every request to the REST API, whatever it is for. */
import type { Request } from "express";

import { invalidRequest, type Result } from "./result";

/** Source: LaunchDarkly's documentation of its API's versions. */
const VERSIONS = new Set(["20240415", "20220603", "20210729", "20191212", "20160426", "beta"]);

/** Methods that a firewall may not let through, and that a POST can stand for. */
const OVERRIDES = new Set(["DELETE", "PATCH", "PUT"]);

/** The method that a request stands for. Source: LaunchDarkly's documentation, "Method overriding". */
export function methodOf(request: Request): string {
  const override = request.get("x-http-method-override")?.toUpperCase() ?? "";
  return request.method === "POST" && OVERRIDES.has(override) ? override : request.method;
}

/**
 * The version of the API that a request asks for. LaunchDarkly's own Go client and Terraform provider send the header
 * twice, and are served.
 */
export function versionOf(request: Request): string | undefined {
  return request.headersDistinct["ld-api-version"]?.[0];
}

/** @returns the refusal; undefined if there is nothing to refuse */
export function refusalOf(request: Request): Result | undefined {
  const version = versionOf(request);
  if (version !== undefined && !VERSIONS.has(version)) return invalidRequest("There is no such LD-API-Version");
  const takesBody = ["POST", "PATCH", "PUT"].includes(request.method);
  if (takesBody && !isJson(request)) return invalidRequest("The Content-Type must be application/json");
  return undefined;
}

/**
 * Whether a body is said to be JSON. A request without one, such as a reset, may say anything: LaunchDarkly's own
 * TypeScript client says that it sends a form.
 */
function isJson(request: Request): boolean {
  if (!hasBody(request)) return true;
  const type = request.get("content-type") ?? "";
  return /^application\/json\s*(;|$)/i.test(type.trim());
}

export function hasBody(request: Request): boolean {
  return request.get("transfer-encoding") !== undefined || Number(request.get("content-length") ?? 0) > 0;
}
