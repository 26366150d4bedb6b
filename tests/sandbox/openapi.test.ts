/** The sandbox against `sandbox/openapi.yaml`: every operation, and every status. */
import assert from "node:assert/strict";

import { type Operation, readDescription } from "../../sandbox/conformance/description";
import { routes } from "../../sandbox/routes";
import type { CreatedEnvironment } from "../../sandbox/sandbox";
import { eachCaller } from "../support/sandboxCaller";
import { ADD, BODIES, FLAWS, ONLY_BY_FAULT, type Request } from "./requests";

const description = readDescription({ allowsUnknownMembers: false });

describe("the sandbox, held to LaunchDarkly's OpenAPI description,", () => {
  const caller = eachCaller();

  let environment: CreatedEnvironment;

  beforeEach(() => {
    environment = caller.sandbox.createEnvironment({ projectKey: "shop", key: "production" });
    caller.sandbox.additionalKeys.add(environment, { keyId: "berlin" });
  });

  const send = async (operation: Operation, changes: Partial<Request> = {}) => {
    const values = valuesOf(operation, changes.values);
    const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? assert.fail(name));
    const {
      query = "",
      key = caller.sandbox.adminKey,
      method = operation.method,
      body = BODIES[operation.id],
    } = changes;
    const response = await fetch(`${caller.sandbox.url}${path}${query}`, {
      method,
      headers: { Authorization: key, "Content-Type": "application/json", ...versionOf(operation), ...changes.headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, contentType: response.headers.get("content-type"), text };
  };

  const versionOf = ({ path }: Operation): Request["headers"] =>
    path.includes("/sdk-keys") ? { "LD-API-Version": "beta" } : {};

  const valuesOf = ({ path }: Operation, others?: Request["values"]): Request["values"] => {
    const { projectKey, environmentKey } = environment;
    return { projectKey, environmentKey, sdkKeyKey: "berlin", ...(path.includes("{id}") && idOf(path)), ...others };
  };

  const idOf = (path: string) => {
    const [, add = assert.fail(`ADD of tests/sandbox/requests.ts has nothing for ${path}`)] =
      Object.entries(ADD).find(([start]) => path.startsWith(start)) ?? [];
    return { id: add(caller.sandbox).id };
  };

  /** Sends a request that is to be answered with this status. */
  const bringTo = (operation: Operation, status: number) => {
    const name = `${operation.id} ${status}`;
    const flaw = FLAWS[name];
    if (flaw !== undefined) return send(operation, flaw);
    if (name in ONLY_BY_FAULT) {
      caller.sandbox.faults.add({ when: "before", fault: { kind: "status", status } });
      return send(operation);
    }
    switch (status) {
      case 401:
        return send(operation, { key: "api-unknown" });
      case 403:
        // Without the switch, such a key is shown the environment that it may not reset.
        caller.sandbox.openQuestions.refusesWithoutViewSdkKey = true;
        return send(operation, { key: caller.sandbox.createToken({ role: "reader" }).key });
      case 404:
        return send(operation, { values: { id: "61095542756dba551110ae21", projectKey: "nothing" } });
      case 429:
        caller.sandbox.rateLimiter.limits = { global: 0 };
        return send(operation);
      default:
        return send(operation);
    }
  };

  it("has the operations that it describes, and no others", () => {
    const described = description.operations.map(({ method, path }) => `${method} ${path}`);
    const answered = routes
      .filter(({ path }) => path.startsWith("/api/v2/"))
      .map(({ method, path }) => `${method.toUpperCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
    assert.deepEqual(answered.sort(), described.sort());
  });

  for (const operation of description.operations) {
    describe(operation.id, () => {
      for (const status of operation.statuses) {
        it(`answers ${status} as described`, async () => {
          const answer = await bringTo(operation, status);
          assert.equal(answer.status, status, answer.text);
          assert.deepEqual(description.problemsOf(operation, answer), []);
        });
      }
    });
  }

  it("has no way to a status that the description does not have, nor two to one", () => {
    const described = description.operations.flatMap(({ id, statuses }) => statuses.map((status) => `${id} ${status}`));
    for (const name of [...Object.keys(ONLY_BY_FAULT), ...Object.keys(FLAWS)]) {
      assert.ok(described.includes(name), name);
      assert.ok(!(name in ONLY_BY_FAULT && name in FLAWS), name);
    }
  });

  it("shows a token with everything that one may have as described", async () => {
    const { expiry, ...settings } = {
      name: "all",
      description: "everything",
      customRoleIds: ["61095542756dba551110ae21"],
      inlineRole: [{ effect: "allow" as const, actions: ["*"], resources: ["proj/*"] }],
      serviceToken: true,
      defaultApiVersion: 20220603,
      expiry: caller.sandbox.clock.now() + 60_000,
    };
    const { id } = caller.sandbox.createToken({ ...settings, expiry });
    const showing = description.operations.filter(
      ({ path, method }) => path.startsWith("/api/v2/tokens") && method !== "DELETE",
    );
    assert.equal(showing.length, 5);
    for (const operation of showing) {
      const body = operation.id === "postToken" ? { ...settings, expiry } : BODIES[operation.id];
      const answer = await send(operation, {
        values: { id },
        body,
        query: operation.id === "getTokens" ? "?limit=1" : "",
      });
      assert.ok(answer.status < 300, answer.text);
      assert.deepEqual(description.problemsOf(operation, answer), []);
    }
  });

  it("shows a key of an environment with everything that one may have as described", async () => {
    const body = {
      ...{ key: "all", name: "All", kind: "mobile", description: "everything", viewKeys: ["apps"] },
      expiry: caller.sandbox.clock.now() + 60_000,
    };
    for (const id of ["postSdkKey", "getSdkKeyByKey", "patchSdkKeyByKey", "getSdkKeys"]) {
      const operation = description.operations.find((one) => one.id === id) ?? assert.fail(id);
      const answer = await send(operation, {
        ...(id === "postSdkKey" && { body }),
        values: { sdkKeyKey: "all" },
      });
      assert.ok(answer.status < 300, answer.text);
      assert.deepEqual(description.problemsOf(operation, answer), []);
    }
  });

  it("shows every page of a list as described", async () => {
    for (const id of ["getTokens", "getEnvironmentsByProject", "getSdkKeys"]) {
      const operation = description.operations.find((one) => one.id === id) ?? assert.fail();
      for (let index = 0; index < 3; index++) {
        caller.sandbox.createToken();
        caller.sandbox.createEnvironment({ projectKey: "shop" });
        caller.sandbox.additionalKeys.add(environment);
      }
      const largest = id === "getSdkKeys" ? "100" : "9223372036854775807";
      for (const query of ["?limit=1", "?limit=1&offset=1", "?limit=1&offset=3", `?limit=${largest}`]) {
        assert.deepEqual(description.problemsOf(operation, await send(operation, { query })), []);
      }
    }
  });
});
