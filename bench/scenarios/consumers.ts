/** Consumers that call without a break, with keys that they take from files, while `pulumi up` rotates under them. */
import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { OURS, programs, type Scenario, withStacks } from "../bench";
import { sample } from "../statistics";

const TOKENS = 5;
const ROTATIONS = 50;
const POLLS = 50_000;
/** Between the answer and the next request of a consumer. */
const PAUSE_MS = 3;
const CONSUMERS_PER_TOKEN = 2;

interface Polls {
  accepted: number;
  rejected: number;
}

export const consumers: Scenario = {
  name: "consumers",
  summary: "consumers that poll every few ms through 50 rotations",
  isLong: true,
  run: (bench) =>
    withStacks(programs(bench, [OURS]), {}, async (sandbox, [contender]) => {
      if (contender === undefined) throw new Error("nobody to measure");
      const { isQuick } = bench.options;
      const [leastRotations, leastPolls] = isQuick ? [TOKENS, 1] : [ROTATIONS, POLLS];
      const resources = Array.from({ length: TOKENS }, (_, index) => ({
        name: `token-${index}`,
        className: "AccessTokenRotation",
        key: "token",
        inputs: { tokenId: sandbox.createToken({ name: `token ${index}` }).id, oldKeyExpiry: "1h" },
      }));
      const ask = (quarter: number) => {
        const asked = resources.map((one) => ({ ...one, inputs: { ...one.inputs, triggers: { quarter } } }));
        contender.ask(asked, { handOver: true });
      };
      ask(0);
      await contender.up();
      const polls: Polls = { accepted: 0, rejected: 0 };
      let isOver = false;
      const all = resources.flatMap(({ name }) =>
        Array.from({ length: CONSUMERS_PER_TOKEN }, () =>
          consume(sandbox.url, path.join(contender.folder, `${name}.key`), polls, () => isOver),
        ),
      );
      let rotations = 0;
      try {
        for (let up = 1; rotations < leastRotations || polls.accepted + polls.rejected < leastPolls; up++) {
          ask(up);
          const { requests } = await contender.up();
          rotations += requests.filter(({ hasReset }) => hasReset).length;
        }
      } finally {
        isOver = true;
        await Promise.all(all);
      }
      const total = polls.accepted + polls.rejected;
      return {
        figures: [
          {
            name: `consumers' calls rejected, ${rotations} rotations`,
            unit: "calls",
            values: { [OURS]: sample([polls.rejected]) },
            result: `${polls.rejected} of ${total}`,
            bar: { text: `0 of ≥ ${leastPolls}`, isMet: polls.rejected === 0 && total >= leastPolls },
          },
        ],
      };
    }),
};

/** Calls with the key that the file holds at the moment, until it is over. */
async function consume(url: string, file: string, polls: Polls, isOver: () => boolean): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  while (!isOver()) {
    const status = await call(`${url}/api/v2/caller-identity`, readFileSync(file, "utf8"), agent);
    if (status === 200) polls.accepted++;
    else polls.rejected++;
    await sleep(PAUSE_MS);
  }
  agent.destroy();
}

function call(url: string, key: string, agent: http.Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers: { Authorization: key } }, (response) => {
      response.resume().once("end", () => {
        resolve(response.statusCode);
      });
    });
    request.once("error", reject);
  });
}
