/** The way of a call: who asks whom in one rotation, from the program to LaunchDarkly and back. */
import { picture } from "../picture";

const [WIDTH, TOP, STEP] = [860, 96, 34];

const LANES = [
  { x: 90, label: "your program" },
  { x: 290, label: "Pulumi's engine" },
  { x: 510, label: "the provider" },
  { x: 750, label: "LaunchDarkly" },
];

const [PROGRAM, ENGINE, PROVIDER, LAUNCHDARKLY] = LANES.map(({ x }) => x) as [number, number, number, number];

/** From whom, to whom, and what. */
const CALLS: readonly (readonly [from: number, to: number, what: string, kind?: "key"])[] = [
  [PROGRAM, ENGINE, "inputs"],
  [ENGINE, PROVIDER, "check, diff"],
  [PROVIDER, ENGINE, "why a rotation is due"],
  [ENGINE, PROVIDER, "update"],
  [PROVIDER, LAUNCHDARKLY, "whose key is the admin key?"],
  [PROVIDER, LAUNCHDARKLY, "reset, once"],
  [LAUNCHDARKLY, PROVIDER, "the new key", "key"],
  [PROVIDER, LAUNCHDARKLY, "whose key is the new one?"],
  [PROVIDER, ENGINE, "new state", "key"],
  [ENGINE, PROGRAM, "secret output", "key"],
];

const BOTTOM = TOP + CALLS.length * STEP;

export function wayOfACall(): string {
  const lanes = LANES.map(
    ({ x, label }) =>
      `<text x="${x}" y="64" class="title" text-anchor="middle">${label}</text><line x1="${x}" x2="${x}" y1="74" y2="${BOTTOM}" class="lane"/>`,
  );
  const calls = CALLS.map(([from, to, what, kind = "call"], index) => {
    const y = TOP + index * STEP + 16;
    const end = to > from ? to - 4 : to + 4;
    const tip =
      to > from
        ? `${end - 8},${y - 4} ${end},${y} ${end - 8},${y + 4}`
        : `${end + 8},${y - 4} ${end},${y} ${end + 8},${y + 4}`;
    return `<line x1="${from}" x2="${end}" y1="${y}" y2="${y}" class="${kind}"/><polygon points="${tip}" class="${kind}"/><text x="${(from + to) / 2}" y="${y - 6}" class="small ${kind}" text-anchor="middle">${what}</text>`;
  });
  const note = [
    `<text x="16" y="${BOTTOM + 26}" class="small">Blue: the new key is on its way. The engine encrypts it, saves it, and hands it to every resource that takes it as an input.</text>`,
    `<text x="16" y="${BOTTOM + 46}" class="small">A preview ends after the third line, and asks LaunchDarkly without changing anything.</text>`,
  ];
  return picture({
    label: "The way of a call: program, engine, provider, LaunchDarkly, and back with the new key",
    title: "The way of a call",
    width: WIDTH,
    height: BOTTOM + 64,
    style: `  text { font: 14px system-ui, sans-serif; fill: #24292f }
  .small { font-size: 12px }
  .title { font-weight: 600 }
  line.lane { stroke: #d0d7de }
  line.call { stroke: #57606a } polygon.call { fill: #57606a }
  line.key { stroke: #405bff; stroke-width: 2 } polygon.key { fill: #405bff } text.key { fill: #405bff; font-weight: 600 }`,
    content: [...lanes, ...calls, ...note].join("\n"),
  });
}
