/** Each class has the outputs of its credential's port, keeps every key secret, and has the stub of its strategy. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import * as rotations from "../../provider/index";
import type { Credential } from "../../provider/model/credential";
import { goldenStub } from "../support/goldenStubs";
import { everyKind } from "../support/kinds";
import { beginMockedRun, endMockedRun } from "../support/mocks";

type Rotation = new (name: string, args: object) => pulumi.CustomResource;
const classes: Readonly<Record<string, unknown>> = { ...rotations };

const KEY = "a key that is in use";

/** What a program sends to the engine for a resource. */
interface Registration {
  getObject(): { toJavaScript(): Readonly<Record<string, unknown>> };
  getAdditionalsecretoutputsList(): string[];
}

interface Monitor {
  registerResource(registration: Registration, ...rest: unknown[]): unknown;
}

/** Notes what is registered from now on. */
function watch(): Registration[] {
  const seen: Registration[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (registration, ...rest) => {
    seen.push(registration);
    return register(registration, ...rest);
  };
  return seen;
}

/** The outputs that the port names. */
function outputsOf(credential: Credential): string[] {
  if (credential.strategy === "reset") {
    const { outputs, details } = credential;
    return [outputs.key, outputs.lastFour, ...Object.keys(details.parse({}))];
  }
  const { key, lastFour, id, previous } = credential.outputs;
  return [key, lastFour, id, previous];
}

describe("the class of each credential", () => {
  beforeEach(() => beginMockedRun());
  after(endMockedRun);

  for (const { credential } of everyKind) {
    const { className, outputs } = credential;
    const Class = classes[className] as Rotation;
    const [identity, initialKey] =
      credential.strategy === "reset"
        ? [credential.identity, credential.initialKey]
        : [credential.fixed.map(({ input }) => input), credential.initial.key];
    const inputs = Object.fromEntries(identity.map((name) => [name, "one"]));

    /** What the program sends to the engine. */
    const registered = async (more: object = {}): Promise<Registration> => {
      const seen = watch();
      const { urn } = new Class("ci", { ...inputs, ...more });
      await (urn as unknown as { promise(): Promise<string> }).promise();
      return seen[0] ?? assert.fail("nothing was registered");
    };

    it(`has each output of its port: ${className}`, () => {
      const resource: object = new Class("ci", inputs);
      for (const name of outputsOf(credential)) assert.ok(name in resource, `outputs of ${className} lack ${name}`);
    });

    it(`keeps its key secret, and the one that is taken over: ${className}`, async () => {
      const one = await registered(initialKey === undefined ? {} : { [initialKey]: KEY });
      assert.ok(one.getAdditionalsecretoutputsList().includes(outputs.key), `secretOutputs lack ${outputs.key}`);
      if (initialKey === undefined) return;
      const sent = one.getObject().toJavaScript()[initialKey];
      assert.notEqual(sent, KEY, `secretInputs lack ${initialKey}`);
      assert.ok(JSON.stringify(sent).includes(KEY), "and sends it");
    });

    it(`has the stub that states of its strategy have: ${className}`, async () => {
      const sent = (await registered()).getObject().toJavaScript();
      const advice = "resource.ts: stubOf for one that is reset, stubOfOwner for one that the stack owns";
      assert.equal(sent["__provider"], goldenStub(className), advice);
    });
  }
});
