/** Requests for a key that could not be sent are sent again, for each credential. */
import assert from "node:assert/strict";
import dns from "node:dns";
import https from "node:https";
import { mock } from "node:test";

import type { Provider } from "../../provider/hosts/dynamic/provider";
import type { Credential } from "../../provider/model/credential";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type Certificate, selfSigned } from "../support/certificate";
import { type Front, startFront } from "../support/front";
import { ownerOf } from "../support/kindProvider";
import { inProcessProvider, stored } from "../support/inProcessProvider";
import { kinds, ownedKinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { WHO } from "../support/routes";

interface Outage {
  readonly certificate?: Certificate;
  readonly begin: (front: Front) => unknown;
  readonly end: (front: Front) => unknown;
}

/** What keeps a request from being sent. */
function outages(): Record<string, Outage> {
  const trusted = selfSigned();
  const untrusted = selfSigned();
  return {
    "connections are refused": { begin: (front) => front.close(), end: (front) => front.open() },
    "the host's name can't be looked up": {
      begin: () =>
        mock.method(dns, "lookup", (name: string, _options: unknown, done: (error: Error) => void) => {
          process.nextTick(done, Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" }));
        }),
      end: () => {
        mock.restoreAll();
      },
    },
    "the certificate is not trusted": {
      certificate: trusted,
      begin: (front) => {
        front.present(untrusted);
      },
      end: (front) => {
        front.present(trusted);
      },
    },
  };
}

describe("a request for a key that can't be sent", () => {
  let sandbox: Sandbox;
  let front: Front;
  let seen: number;
  const { ca } = https.globalAgent.options;

  beforeEach(async () => {
    sandbox = await startSandbox();
    seen = 0;
  });
  afterEach(async () => {
    https.globalAgent.options.ca = ca;
    mock.restoreAll();
    await front.close();
    await sandbox.stop();
  });

  function newRequests(): string[] {
    const routes = sandbox.requests.slice(seen).map(({ route }) => route);
    seen = sandbox.requests.length;
    return routes;
  }

  /**
   * A provider whose next request for a key meets the outage, which ends while the provider waits for the time of its retry.
   *
   * @param isThere whether it goes on with the server of one before it
   */
  async function start(
    { certificate, begin, end }: Outage,
    port: Credential,
    isThere = false,
  ): Promise<{ provider: Provider; waits: () => number }> {
    if (!isThere) front = await startFront(sandbox, certificate);
    https.globalAgent.options.ca = certificate?.cert;
    let waits = 0;
    const host = {
      isEngineGone: async () => {
        if (waits === 0) await begin(front);
        return false;
      },
      wait: async () => {
        waits++;
        await end(front);
      },
    };
    const apiHost = `${certificate ? "https" : "http"}://localhost:${front.port}`;
    const provider = await inProcessProvider(sandbox, host, { apiHost, port });
    return { provider, waits: () => waits };
  }

  for (const { credential: port, rotatable, LOOK, RESET, VERIFY, graces, noGraces } of kinds) {
    const { outputs, isReadable } = port;
    for (const [what, outage] of Object.entries(outages())) {
      for (const oldKeyExpiry of [...graces, ...noGraces]) {
        const given = oldKeyExpiry === undefined ? {} : { oldKeyExpiry };
        if (!isReadable) {
          it(`because ${what}: create of ${port.className} sends it again, oldKeyExpiry ${String(oldKeyExpiry)}`, async () => {
            const { provider, waits } = await start(outage, port);
            const one = rotatable.add(sandbox, "ci");
            const outs = (await provider.create({ ...one.identity, ...given })).outs as Properties;
            assert.deepEqual([waits(), newRequests()], [1, [WHO, LOOK, RESET, ...VERIFY]]);
            assert.equal(outs[outputs.key], one.currentKey());
          });
        }

        it(`because ${what}: update of ${port.className} sends it again, oldKeyExpiry ${String(oldKeyExpiry)}`, async () => {
          const { provider, waits } = await start(outage, port);
          const { identity, firstKey: key, ...one } = rotatable.add(sandbox, "ci");
          const olds = { ...identity, triggers: 1, [outputs.key]: key, [outputs.lastFour]: key.slice(-4) };
          const outs = (await provider.update("", olds, { ...identity, triggers: 2, ...given })).outs as Properties;
          assert.deepEqual([waits(), newRequests()], [1, [...(isReadable ? [LOOK] : []), WHO, RESET, ...VERIFY]]);
          assert.equal(outs[outputs.key], one.currentKey());
        });
      }
    }
  }

  for (const kind of ownedKinds) {
    const { credential: port, MAKE } = kind;
    for (const [what, outage] of Object.entries(outages())) {
      it(`because ${what}: create and update of ${port.className} send it again`, async () => {
        const subject = kind.add(sandbox, "ci");
        const asked = (number: number) => {
          return { owner: ownerOf(port.className), ...subject.inputs, triggers: { number }, oldKeyExpiry: "1h" };
        };
        let state: Properties | undefined;
        for (const number of [1, 2]) {
          const { provider, waits } = await start(outage, port, state !== undefined);
          const news = asked(number);
          const before = state;
          const ended = await (before === undefined ? provider.create(news) : provider.update("", before, news));
          state = stored(ended.outs);
          assert.deepEqual([waits(), newRequests().filter((route) => route === MAKE)], [1, [MAKE]]);
          assert.ok(subject.accepts(state[port.outputs.key]));
          if (before !== undefined) assert.ok(subject.accepts(before[port.outputs.key]), "it has its grace");
        }
        assert.equal(subject.marked().length, 2);
      });
    }
  }
});
