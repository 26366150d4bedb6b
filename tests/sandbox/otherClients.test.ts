/** What LaunchDarkly's Terraform provider sends, at the sandbox. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";

/** What LaunchDarkly's Terraform provider sends for a launchdarkly_access_token. */
describe("LaunchDarkly's Terraform provider, at the sandbox,", () => {
  const caller = eachCaller();
  const { call } = caller;

  const create = async (settings: object) => {
    const { status, json } = await call("POST", "/tokens", caller.sandbox.adminKey, {
      serviceToken: false,
      ...settings,
    });
    assert.equal(status, 201);
    return String(json["_id"]);
  };
  const read = async (id: string) => (await call("GET", `/tokens/${id}`)).json;
  /** An update always replaces the name, and then what has changed. */
  const update = (id: string, ...changes: object[]) =>
    call("PATCH", `/tokens/${id}`, caller.sandbox.adminKey, [replace("/name", "renamed"), ...changes]);
  const replace = (path: string, value: unknown) => ({ op: "replace", path, value });
  const remove = (path: string) => ({ op: "remove", path });

  const STATEMENT = { effect: "deny", actions: ["*"], resources: ["proj/*:env/production"] };

  it("creates a token, reads it, renames it and deletes it", async () => {
    const id = await create({ name: "ci", role: "reader", defaultApiVersion: 20240415 });
    const { name, role, defaultApiVersion, customRoleIds, inlineRole } = await read(id);
    assert.deepEqual(
      { name, role, defaultApiVersion, customRoleIds, inlineRole },
      { name: "ci", role: "reader", defaultApiVersion: 20240415, customRoleIds: [], inlineRole: [] },
    );
    assert.equal((await update(id)).status, 200);
    assert.equal((await read(id))["name"], "renamed");
    assert.equal((await call("DELETE", `/tokens/${id}`)).status, 204);
    assert.equal((await call("GET", `/tokens/${id}`)).status, 404);
  });

  it("gives a token without a name an empty one, which it can replace", async () => {
    const id = await create({ name: "", role: "reader" });
    assert.equal((await read(id))["name"], "");
    assert.equal((await update(id)).status, 200);
  });

  it("changes a base role", async () => {
    const id = await create({ name: "ci", role: "reader" });
    assert.equal((await update(id, replace("/role", "writer"))).json["role"], "writer");
  });

  it("turns a base role into an inline role, and that into custom roles", async () => {
    const id = await create({ name: "ci", role: "reader" });
    const inline = await update(id, remove("/role"), replace("/inlineRole", [STATEMENT]));
    assert.equal(inline.status, 200);
    assert.deepEqual([inline.json["role"], inline.json["inlineRole"]], [undefined, [STATEMENT]]);
    const roles = ["61095542756dba551110ae21"];
    const custom = await update(id, replace("/customRoleIds", roles), remove("/inlineRole"));
    assert.equal(custom.status, 200);
    assert.deepEqual([custom.json["customRoleIds"], custom.json["inlineRole"]], [roles, []]);
  });

  it("changes custom roles, and takes them away", async () => {
    const id = await create({ name: "ci", customRoleIds: ["61095542756dba551110ae21"] });
    assert.ok(!("role" in (await read(id))), "a token with custom roles has no base role");
    const more = ["61095542756dba551110ae21", "61095542756dba551110ae22"];
    assert.deepEqual((await update(id, replace("/customRoleIds", more))).json["customRoleIds"], more);
    assert.deepEqual((await update(id, remove("/customRoleIds"))).json["customRoleIds"], []);
  });

  it("can replace a member that a token lacks, if the sandbox is switched to it", async () => {
    const id = await create({ customRoleIds: ["61095542756dba551110ae21"] });
    const changes = [replace("/role", "reader"), remove("/customRoleIds")];
    assert.equal((await update(id, ...changes)).status, 422, "there is no name, and no role");
    caller.sandbox.openQuestions.replacesWhatIsAbsent = true;
    const { status, json } = await update(id, ...changes);
    assert.deepEqual([status, json["name"], json["role"]], [200, "renamed", "reader"]);
    assert.equal((await update(id, remove("/description"))).status, 422, "removing takes something to remove");
  });

  it("resets a token at once, or with a grace", async () => {
    const id = await create({ name: "ci", role: "reader" });
    for (const query of ["", `?expiry=${caller.sandbox.clock.now() + 3_600_000}`]) {
      const response = await fetch(`${caller.sandbox.url}/api/v2/tokens/${id}/reset${query}`, {
        method: "POST",
        headers: {
          Authorization: caller.sandbox.adminKey,
          "LD-API-Version": "20191212",
          "Content-Type": "application/json",
        },
      });
      assert.equal(response.status, 200);
      assert.match(((await response.json()) as { token: string }).token, /^api-/);
    }
  });
});
