/** Every credential: what its rotation asks of the API, and how long ten of them take. */
import type { Sandbox } from "../../sandbox/sandbox";
import { rotatables } from "../../sandbox/rotatable";
import { OURS, programs, type Scenario, withStacks } from "../bench";
import type { Asked, Contender, Measured } from "../contender";
import type { Figure } from "../figure";
import { requestsFigure, wallFigure } from "../timings";

const COUNT = 10;

interface Credential {
  readonly className: string;
  /** The output that holds the key. */
  readonly key: string;
  /** The requests of a rotation, and what they are. */
  readonly requests: number;
  readonly which: string;
  /** Those that a run takes once. */
  readonly once: number;
  inputs(sandbox: Sandbox, name: string): object;
}

const GRACE = { oldKeyExpiry: "1h" };

const credentials: readonly Credential[] = [
  {
    className: "AccessTokenRotation",
    key: "token",
    requests: 2,
    which: "reset, verification",
    once: 1,
    inputs: (sandbox, name) => ({ ...rotatables.AccessTokenRotation.add(sandbox, name).identity, ...GRACE }),
  },
  {
    className: "SdkKeyRotation",
    key: "sdkKey",
    requests: 2,
    which: "look, reset",
    once: 1,
    inputs: (sandbox, name) => ({ ...rotatables.SdkKeyRotation.add(sandbox, name).identity, ...GRACE }),
  },
  {
    className: "MobileKeyRotation",
    key: "mobileKey",
    requests: 2,
    which: "look, reset",
    once: 1,
    inputs: (sandbox, name) => rotatables.MobileKeyRotation.add(sandbox, name).identity,
  },
  {
    className: "RelayProxyKeyRotation",
    key: "fullKey",
    requests: 1,
    which: "reset",
    once: 1,
    inputs: (sandbox, name) => ({ ...rotatables.RelayProxyKeyRotation.add(sandbox, name).identity, ...GRACE }),
  },
  {
    className: "RotatingAccessToken",
    key: "token",
    requests: 4,
    which: "list of the tokens, new token, verification, end of the old one",
    once: 1,
    inputs: (_sandbox, name) => ({ name, role: "reader", ...GRACE }),
  },
];

export const everyCredential: Scenario = {
  name: "credentials",
  summary: "ten of every credential: rotate, and count the requests",
  run: (bench) =>
    withStacks(programs(bench, [OURS]), {}, async (sandbox, contenders) => {
      const figures: Figure[] = [];
      for (const credential of credentials) {
        for (const contender of contenders) {
          const measured = await rotations(contender, sandbox, credential, Math.min(bench.options.rounds, 3));
          const { className, requests, once, which } = credential;
          figures.push(wallFigure(`rotate ${COUNT} of ${className}`, { [OURS]: measured }), {
            ...requestsFigure(`requests, rotate ${COUNT} of ${className}`, { [OURS]: measured }, COUNT, requests, once),
            note: `each: ${which}; ${once} a run`,
          });
        }
      }
      return { figures };
    }),
};

async function rotations(
  contender: Contender,
  sandbox: Sandbox,
  { className, key, inputs }: Credential,
  rounds: number,
): Promise<Measured[]> {
  const resources = Array.from({ length: COUNT }, (_, index): Asked => {
    const name = `${className}-${index}`;
    return { name, className, key, inputs: { ...inputs(sandbox, name) } };
  });
  const ask = (quarter: number) => {
    contender.ask(resources.map((one) => ({ ...one, inputs: { ...one.inputs, triggers: { quarter } } })));
  };
  ask(0);
  await contender.up();
  const measured: Measured[] = [];
  for (let round = 1; round <= rounds; round++) {
    ask(round);
    measured.push(await contender.up());
  }
  return measured;
}
