import assert from "node:assert/strict";
import { copyFileSync, rmSync, truncateSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("pulumi, when something went wrong", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  beforeEach(async () => {
    rotation = await createRotationStack();
  });
  afterEach(() => rotation.stop());

  const currentKey = () => rotation.sandbox.store.find(rotation.token.id)?.keys[0].value;

  it("keeps the new key when verification fails, and the next up finishes without a second reset", async () => {
    const { sandbox, token } = rotation;
    sandbox.faults.add({
      route: WHO,
      callerId: token.id,
      when: "before",
      times: 5,
      fault: { kind: "status", status: 401 },
    });
    const failed = await rotation.up();
    assert.notEqual(failed.status, 0);
    assert.match(failed.output, /its new key \(ending in \w{4}\) is saved, but the key could not be verified/);
    assert.equal((await rotation.exported()).resource?.outputs["tokenLastFour"], currentKey()?.slice(-4));
    rotation.newRequests();

    const next = await rotation.up();
    assert.equal(next.status, 0, next.output);
    assert.deepEqual(rotation.newRequests(), [WHO]);
    assert.equal((await rotation.stack.outputs())["token"], currentKey());
    assert.equal((await rotation.up("--expect-no-changes")).status, 0);
  });

  it("saves what it knows when the answer to a reset is lost, and the next up gets a new key", async () => {
    const { sandbox } = rotation;
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    const failed = await rotation.up();
    assert.notEqual(failed.status, 0);
    assert.match(
      failed.output,
      /answer with the new key was lost\. The old key works until 20\S+Z\. Run pulumi up again/,
    );
    rotation.newRequests();
    const next = await rotation.up();
    assert.equal(next.status, 0, next.output);
    assert.deepEqual(rotation.newRequests(), [WHO, RESET, WHO]);
    assert.equal((await rotation.stack.outputs())["token"], currentKey());
  });

  it("sees at a refresh that somebody else rotated the token, and the next up rotates it and says why", async () => {
    const { sandbox, token } = rotation;
    assert.equal((await rotation.up()).status, 0);
    await asAdmin("POST", `/api/v2/tokens/${token.id}/reset`);
    rotation.newRequests();
    const refresh = await rotation.stack.pulumi("refresh", "--yes", "--non-interactive");
    assert.equal(refresh.status, 0, refresh.output);
    assert.ok(rotation.newRequests().every((route) => route === GET_TOKEN));

    const ending = String(currentKey()?.slice(-4));
    const preview = await rotation.preview();
    assert.match(preview.output, new RegExp(`rotated outside Pulumi \\(key ending in ${ending}\\)`));
    const up = await rotation.up();
    assert.equal(up.status, 0, up.output);
    assert.deepEqual(rotation.newRequests(), [WHO, RESET, WHO]);
    assert.equal((await rotation.stack.outputs())["token"], currentKey());
    assert.notEqual(currentKey()?.slice(-4), ending);
    assert.equal(sandbox.store.find(token.id)?.keys.length, 4);
  });

  it("drops the resource at a refresh when the token was deleted, and refuses to create it anew", async () => {
    const { token } = rotation;
    assert.equal((await rotation.up()).status, 0);
    await asAdmin("DELETE", `/api/v2/tokens/${token.id}`);
    const refresh = await rotation.stack.pulumi("refresh", "--yes", "--non-interactive");
    assert.equal(refresh.status, 0, refresh.output);
    assert.equal((await rotation.exported()).resource, undefined);
    const up = await rotation.up();
    assert.notEqual(up.status, 0);
    assert.match(up.output, /LaunchDarkly found no such token when asked to read access token \w+ \(404/);
  });

  for (const left of ["half of it", "nothing"]) {
    it(`goes on from the backup when the CLI was killed while it wrote the state file, and left ${left}`, async () => {
      assert.equal((await rotation.up()).status, 0);
      await rotation.set({ quarter: "2027-Q1" });
      assert.equal((await rotation.up()).status, 0);
      const stacks = path.join(
        rotation.workspace.aside,
        "state",
        ".pulumi",
        "stacks",
        "launchdarkly-rotation-quickstart",
      );
      const file = path.join(stacks, "dev.json");
      if (left === "nothing") rmSync(file);
      else truncateSync(file, 0);
      const broken = await rotation.up();
      assert.notEqual(broken.status, 0);
      assert.match(broken.output, /failed to load checkpoint|no stack (?:named|selected)/);

      copyFileSync(`${file}.bak`, file);
      const up = await rotation.up();
      assert.equal(up.status, 0, up.output);
      assert.equal((await rotation.stack.outputs())["token"], currentKey());
    });
  }

  it("leaves the token alone at a destroy", async () => {
    assert.equal((await rotation.up()).status, 0);
    const key = currentKey();
    rotation.newRequests();
    const destroy = await rotation.stack.pulumi("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.equal(destroy.status, 0, destroy.output);
    assert.match(destroy.output, /Access token \w+ is left as it is at LaunchDarkly: its key keeps working\./);
    assert.deepEqual(rotation.newRequests(), []);
    assert.equal(currentKey(), key);
    assert.equal((await rotation.exported()).resource, undefined);
  });

  async function asAdmin(method: string, path: string): Promise<void> {
    const { sandbox } = rotation;
    const response = await fetch(`${sandbox.url}${path}`, { method, headers: { Authorization: sandbox.adminKey } });
    assert.ok(response.ok);
    await response.arrayBuffer();
  }
});
