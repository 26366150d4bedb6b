/** A refresh or a destroy that LaunchDarkly refuses: whose settings it had, and what the resource's own key still does. */
import assert from "node:assert/strict";

import type { Lifecycle } from "../../provider/lifecycle/lifecycle";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import { resetKey } from "../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider, stored } from "../support/inProcessProvider";
import { ownerOf } from "../support/kindProvider";
import { everyKind, ownedKinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { GET_TOKEN, WHO } from "../support/routes";

const AT_REFRESH = /A refresh uses the settings of the last pulumi up, .* or pulumi refresh --run-program;/;
const AT_DESTROY = /Pulumi deletes with the settings of the last pulumi up, .* run pulumi destroy --run-program for a/;

let sandbox: Sandbox;
let shown: string[];

const provider = (lifecycle: Lifecycle) =>
  inProcessProvider(
    sandbox,
    {
      wait: () => Promise.resolve(),
      log: (severity, message) => Promise.resolve(void shown.push(`${severity}: ${message}`)),
    },
    { lifecycle },
  );

async function created(lifecycle: Lifecycle, news: Properties): Promise<Properties> {
  const outs = (await (await provider(lifecycle)).create(news)).outs as Properties;
  sandbox.requests.length = 0;
  shown = [];
  return stored(outs);
}

const rejection = (work: Promise<unknown>) =>
  work.then(
    () => assert.fail("the call fails"),
    (error: unknown) => error as Error,
  );

function refuse(route: string, status = 403): void {
  sandbox.faults.add({ route, when: "before", times: Infinity, fault: { kind: "status", status } });
}

/** Kills the key that providers are configured with, as Pulumi does it from the state. */
function changeAdminKey(): void {
  const admin = sandbox.store.find(sandbox.adminId) ?? assert.fail("the admin token is there");
  const now = sandbox.clock.now();
  sandbox.store.save(resetKey(admin, now, now));
}

beforeEach(async () => {
  sandbox = await startSandbox();
  shown = [];
});
afterEach(() => sandbox.stop());

for (const kind of everyKind) {
  const { credential, LOOK } = kind;
  const { className, strategy } = credential;
  const lifecycle = lifecycleOf(credential);
  const hasOwnKey = strategy === "reset" ? credential.accessTokenId !== undefined : credential.isAccessToken;
  const inputs = (): Properties => ({
    ...(strategy === "replace" && { owner: ownerOf(className) }),
    ...kind.add(sandbox, "ci").inputs,
    triggers: { a: 1 },
  });

  describe(`a refresh of ${className} that is refused`, () => {
    for (const status of [403, 400]) {
      it(`says whose settings it had, and what to run: ${status}`, async () => {
        const state = await created(lifecycle, inputs());
        refuse(LOOK, status);
        const { message } = await rejection((await provider(lifecycle)).read("id", state));
        assert.match(message, /^Not refreshed: /);
        assert.match(message, AT_REFRESH);
      });
    }

    it("says the same of settings that are wrong", async () => {
      const state = await created(lifecycle, inputs());
      const { configure, read } = await provider(lifecycle);
      const settings: Record<string, string> = { "launchdarkly:accessToken": "sdk-0" };
      await configure({ config: { get: (key: string) => settings[key] } as never });
      assert.match((await rejection(read("id", state))).message, AT_REFRESH);
    });

    if (!hasOwnKey) {
      it("fails when the admin key is dead, since no key of its own can ask", async () => {
        const state = await created(lifecycle, inputs());
        changeAdminKey();
        assert.match((await rejection((await provider(lifecycle)).read("id", state))).message, AT_REFRESH);
      });
      return;
    }

    it("goes on with the token's own key when the admin key is dead, and warns", async () => {
      const state = await created(lifecycle, inputs());
      const token = sandbox.store.find(String(state["tokenId"])) ?? assert.fail();
      sandbox.store.save({ ...token, role: "admin", name: "renamed" });
      changeAdminKey();
      const props = (await (await provider(lifecycle)).read("id", state)).props as Properties;
      const warning = /^warning: Refreshed with the token's own key.*: .*does not accept the key api-…\w{4} /m;
      assert.match(shown.join("\n"), warning);
      assert.match(shown.join("\n"), AT_REFRESH);
      assert.match(JSON.stringify(props), /"renamed"/);
    });

    it("keeps what the token's own key may not read", async () => {
      const state = await created(lifecycle, inputs());
      changeAdminKey();
      const key = String(state["token"]);
      for (const route of new Set([LOOK, GET_TOKEN])) {
        const fault = { kind: "status", status: 403 } as const;
        sandbox.faults.add({ route, when: "before", times: Infinity, callerId: String(state["tokenId"]), fault });
      }
      const props = (await (await provider(lifecycle)).read("id", state)).props as Properties;
      assert.equal(props["token"], key);
      assert.match(shown.join("\n"), /^warning: Kept as it was.*: the token's own key works, but may not read/m);
    });

    it("fails when both keys are dead", async () => {
      const state = await created(lifecycle, inputs());
      changeAdminKey();
      refuse(WHO, 401);
      assert.match((await rejection((await provider(lifecycle)).read("id", state))).message, AT_REFRESH);
    });
  });
}

for (const kind of ownedKinds) {
  const { className } = kind.credential;
  const lifecycle = lifecycleOf(kind.credential);
  const { list: LIST, remove: DELETE } = kind.routes;
  const inputs = (): Properties => ({ owner: ownerOf(className), ...kind.add(sandbox, "ci").inputs });

  describe(`a destroy of ${className} that is refused`, () => {
    it("says whose settings it had, and does not send people in a circle", async () => {
      const state = await created(lifecycle, inputs());
      for (const route of [DELETE, LIST]) {
        refuse(route);
        const { message } = await rejection((await provider(lifecycle)).delete("id", state));
        assert.match(message, /^Not destroyed: /);
        assert.match(message, AT_DESTROY);
        assert.doesNotMatch(message, /Run it again/);
      }
    });

    it("says to run it again where that may do better", async () => {
      const state = await created(lifecycle, inputs());
      refuse(DELETE, 503);
      const { message } = await rejection((await provider(lifecycle)).delete("id", state));
      assert.match(message, /Run it again/);
      assert.doesNotMatch(message, AT_DESTROY);
    });
  });
}
