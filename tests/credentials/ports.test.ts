/** Each class has the outputs of its credential's port, and keeps every key secret. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import * as rotations from "../../provider/index";
import { kinds } from "../support/kinds";
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

describe("the class of each credential", () => {
  beforeEach(() => beginMockedRun());
  after(endMockedRun);

  for (const { credential } of kinds) {
    const { className, outputs, details, identity, initialKey } = credential;
    const Class = classes[className] as Rotation;
    const inputs = Object.fromEntries(identity.map((name) => [name, "one"]));

    it(`has each output of its port: ${className}`, () => {
      const resource: object = new Class("ci", inputs);
      for (const name of [outputs.key, outputs.lastFour, ...Object.keys(details.parse({}))]) {
        assert.ok(name in resource, `outputs of ${className} lack ${name}`);
      }
    });

    it(`keeps its key secret, and the one that is taken over: ${className}`, async () => {
      const seen = watch();
      const taken = initialKey === undefined ? {} : { [initialKey]: KEY };
      const { urn } = new Class("ci", { ...inputs, ...taken });
      await (urn as unknown as { promise(): Promise<string> }).promise();
      const [one = assert.fail("nothing was registered")] = seen;
      assert.ok(one.getAdditionalsecretoutputsList().includes(outputs.key), `secretOutputs lack ${outputs.key}`);
      if (initialKey === undefined) return;
      const sent = one.getObject().toJavaScript()[initialKey];
      assert.notEqual(sent, KEY, `secretInputs lack ${initialKey}`);
      assert.ok(JSON.stringify(sent).includes(KEY), "and sends it");
    });
  }
});
