/** The plugin, whatever happens to one request of a rotation: one class of each strategy, by gRPC. */
import assert from "node:assert/strict";

import type { PlannedFault } from "../../sandbox/faults";
import { everyKind } from "../support/kinds";
import { eachContract } from "./contractScene";
import { pluginHost } from "./pluginHost";

const FAULTS: Readonly<Record<string, Pick<PlannedFault, "when" | "fault">>> = {
  "is cut off before it is carried out": { when: "before", fault: { kind: "drop" } },
  "is cut off after it was carried out": { when: "after", fault: { kind: "drop" } },
  "is answered with 503 and not carried out": { when: "before", fault: { kind: "status", status: 503 } },
  "is answered with 500 though it was carried out": { when: "after", fault: { kind: "status", status: 500 } },
  "is refused": { when: "before", fault: { kind: "status", status: 403 } },
  "is answered with a page though it was carried out": { when: "after", fault: { kind: "notJson" } },
};

describe("a rotation by the plugin", function () {
  this.timeout(120_000);
  const contract = eachContract(pluginHost);

  for (const className of ["AccessTokenRotation", "RotatingAccessToken"]) {
    const kind = everyKind.find(({ credential }) => credential.className === className) ?? assert.fail(className);
    for (const [what, fault] of Object.entries(FAULTS)) {
      it(`comes out right when a request of it ${what}, each in turn: ${className}`, async () => {
        const { sandbox, scene } = contract();
        for (let skip = 0; ; skip++) {
          const { news, upDone, up, finish, made, keyIn, subject } = scene(kind, `ci ${skip}`);
          const kept = await upDone(news(1));
          const before = made();
          const sent = sandbox.requests.length;
          sandbox.faults.add({ ...fault, skip });
          const ended = await up(news(2), kept);
          const hasMet = sandbox.requests.slice(sent).some((request) => request.fault !== undefined);
          sandbox.faults.clear();
          const final = await finish(news(2), ended.kept);
          assert.notEqual(keyIn(final), keyIn(kept));
          assert.ok(subject.accepts(keyIn(kept)), `request ${skip}: the old key has its grace`);
          assert.ok(made() - before <= 2, `request ${skip}: ${made() - before} keys are made`);
          if (!hasMet) break;
        }
      });
    }
  }
});
