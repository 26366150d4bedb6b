/**
 * States of every class that 0.3.0-next.0 had, as it wrote them, each with the account that it was made at: this release goes on
 * with them. recordedStates.test.ts has those of older releases, which had one class.
 */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { newKey } from "../../sandbox/key";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { hostAt, inProcessProvider, stored } from "../support/inProcessProvider";
import { type AnyKind, everyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";

const RECORDED = path.join(__dirname, "recorded-accounts", "0.3.0-next.0");

/** How many keys the next update of a state makes where work is left: a reset in doubt was not carried out. */
const UNFINISHED: Readonly<Record<string, number>> = {
  "in-doubt": 1,
  "retirement-pending": 0,
  "verification-pending": 0,
};

interface Recording {
  /** When the state was written. */
  readonly at: string;
  readonly inputs: Properties;
  readonly state: Properties;
  readonly account: object;
}

/** A recording holds no key and no address: it says where they belong. */
function filledIn(text: string, values: (prefix: "api" | "sdk" | "mob" | "rel", number: string) => string): string {
  const endings = new Map<string, string>();
  const withKeys = text.replaceAll(/"KEY (api|sdk|mob|rel) (\d+)"/g, (_, prefix: "api", number: string) => {
    const key = values(prefix, number);
    endings.set(number, key.slice(-4));
    return JSON.stringify(key);
  });
  return withKeys.replaceAll(/"LAST FOUR (\d+)"/g, (_, number: string) => JSON.stringify(endings.get(number)));
}

interface Restored extends Recording {
  readonly sandbox: Sandbox;
  readonly shown: string[];
  provider(): ReturnType<typeof inProcessProvider>;
  /** The routes of the requests so far. */
  routes(): string[];
}

/** The account of a recording, at the time when it was recorded, and what belongs to it. */
async function restored({ credential }: AnyKind, file: string, folder: string): Promise<Restored> {
  const keys = new Map<string, string>();
  const text = filledIn(readFileSync(file, "utf8"), (prefix, number) => {
    const key = keys.get(number) ?? newKey(prefix).value;
    keys.set(number, key);
    return key;
  });
  const account = path.join(folder, "account.json");
  writeFileSync(account, JSON.stringify((JSON.parse(text) as Recording).account));
  const sandbox = await startSandbox({ file: account });
  const recording = JSON.parse(text.replaceAll('"HOST"', JSON.stringify(sandbox.url))) as Recording;
  sandbox.clock.hold();
  sandbox.clock.move(Date.parse(recording.at) + 60_000 - sandbox.clock.now());
  const shown: string[] = [];
  return {
    ...{ ...recording, sandbox, shown },
    provider: () => inProcessProvider(sandbox, hostAt(sandbox, shown), { port: credential }),
    routes: () => sandbox.requests.map(({ route }) => route),
  };
}

/** The recordings of a class: what each is of, and its file. */
function recordingsOf({ credential: { className } }: AnyKind): { readonly name: string; readonly file: string }[] {
  const folder = path.join(RECORDED, className);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => ({ name: path.basename(file, ".json"), file: path.join(folder, file) }));
}

describe("the recordings of 0.3.0-next.0", () => {
  it("have every class that it had", () => {
    const classes = ["AccessTokenRotation", "MobileKeyRotation", "RelayProxyKeyRotation", "RotatingAccessToken"];
    assert.deepEqual(readdirSync(RECORDED).sort(), [...classes, "SdkKeyRotation"]);
  });
});

for (const kind of everyKind.filter((one) => recordingsOf(one).length > 0)) {
  describe(`a state of ${kind.credential.className} that 0.3.0-next.0 wrote`, () => {
    const keyOf = (state: Properties) => state[kind.credential.outputs.key];
    let folder: string;
    let account: Restored | undefined;
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "recorded-account-"));
    });
    afterEach(async () => {
      await account?.sandbox.stop();
      rmSync(folder, { recursive: true });
    });

    for (const { name, file } of recordingsOf(kind)) {
      const left = UNFINISHED[name];

      it(`${left === undefined ? "shows no difference" : "asks for what is left to do"}, without a request: ${name}`, async () => {
        account = await restored(kind, file, folder);
        const { inputs, state, provider, routes } = account;
        const { check, diff } = await provider();
        assert.deepEqual((await check(inputs, inputs)).failures ?? [], []);
        const { changes, replaces } = await diff("", state, inputs);
        assert.deepEqual([changes, replaces ?? []], [left !== undefined, []]);
        if (left === undefined) assert.deepEqual(routes(), []);
      });

      it(`is read by an update, and a trigger rotates it: ${name}`, async () => {
        account = await restored(kind, file, folder);
        const { inputs, state, provider, sandbox, routes } = account;
        const makes = () => routes().filter((route) => route === kind.MAKE).length;
        const wentOn = stored((await (await provider()).update("", state, inputs)).outs);
        assert.deepEqual([makes(), keyOf(wentOn) === keyOf(state)], [left ?? 0, (left ?? 0) === 0]);
        assert.equal((await (await provider()).diff("", wentOn, inputs)).changes, false);

        const news = { ...inputs, triggers: { a: "another" } };
        assert.equal((await (await provider()).diff("", wentOn, news)).changes, true);
        const rotated = stored((await (await provider()).update("", wentOn, news)).outs);
        assert.equal(makes(), (left ?? 0) + 1);
        assert.notEqual(keyOf(rotated), keyOf(wentOn));
        assert.ok(sandbox.store.everyKey().includes(String(keyOf(rotated))), "the key is one of the account's");
      });
    }
  });
}
