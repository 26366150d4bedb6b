/** Draws a timeline as an SVG picture. */
import { picture, round } from "../picture";
import {
  type CredentialLife,
  describeUses,
  type KeyLife,
  type Mark,
  marksOf,
  seconds,
  type Timeline,
} from "./timeline";

const WIDTH = 860;
const LEFT = 110;
const RIGHT = 44;
const TOP = 48;
const HEADING = 28;
const ROW = 44;
const BAR = 20;
const GAP = 12;

const STYLE = `  text { font: 14px system-ui, sans-serif; fill: #24292f }
  .small { font-size: 11px }
  .title { font-weight: 600 }
  rect { rx: 4px }
  .alive { fill: #c9d7f0 }
  .used { fill: #405bff }
  line { stroke-width: 2; stroke: #24292f }
  line.death { stroke: #d1242f } text.death { fill: #b01c26 }
  line.switch { stroke: #1a7f37 } text.switch { fill: #14642b }`;

/** A reset or a creation, and the switch after it, are close: their words stand on both sides. */
const labels: Record<Mark["kind"], { readonly word: string; readonly anchor: string }> = {
  reset: { word: "reset", anchor: "end" },
  creation: { word: "created", anchor: "end" },
  switch: { word: "switch", anchor: "start" },
  death: { word: "dies", anchor: "middle" },
};

/** Tells the place of a point in time. */
type Place = (at: number) => number;

export function timelineSvg(timeline: Timeline): string {
  const { from, until, credentials } = timeline;
  const x: Place = (at) => round(LEFT + ((at - from) / (until - from)) * (WIDTH - LEFT - RIGHT));
  let bottom = TOP;
  const lives = credentials.map((credential) => {
    const top = bottom;
    bottom += HEADING + credential.keys.length * ROW + GAP;
    return life(timeline, credential, top, x);
  });
  const calls = credentials.map((credential, index) => {
    return `<text x="16" y="${bottom + 44 + index * 20}">${describeUses(credential)}</text>`;
  });
  return picture({
    label: "Rotations: each old key is accepted until its consumer has switched to the new one",
    title: "Rotations by pulumi up, while consumers call without a break",
    width: WIDTH,
    height: bottom + 44 + credentials.length * 20,
    style: STYLE,
    content: `${lives.join("\n")}
${rectangle(16, bottom, 16, "used")}<text x="40" y="${bottom + 15}">in use by its consumer</text>
${rectangle(216, bottom, 16, "alive")}<text x="240" y="${bottom + 15}">accepted, not in use</text>
${calls.join("\n")}`,
  });
}

/** A credential with its keys, one bar for each, and what happened to them. */
function life(timeline: Timeline, credential: CredentialLife, top: number, x: Place): string {
  const row = (key: KeyLife) => top + HEADING + credential.keys.indexOf(key) * ROW;
  const bars = credential.keys.map((key) => {
    const end = key.expiresAt ?? timeline.until;
    const used =
      key.usedFrom === undefined
        ? ""
        : rectangle(x(key.usedFrom), row(key), x(key.usedUntil ?? timeline.until) - x(key.usedFrom), "used");
    return `<text x="16" y="${row(key) + 15}">key …${key.ending}</text>${rectangle(x(key.bornAt), row(key), x(end) - x(key.bornAt), "alive")}${used}`;
  });
  const lines = marksOf(credential).map(({ at, kind, key }) => {
    const y = row(key) + BAR;
    const { word, anchor } = labels[kind];
    return `<line x1="${x(at)}" x2="${x(at)}" y1="${y - BAR - 4}" y2="${y + 4}" class="${kind}"/><text x="${x(at)}" y="${y + 16}" class="small ${kind}" text-anchor="${anchor}">${word} ${seconds(timeline, at)}</text>`;
  });
  const heading = `<text x="16" y="${top + 16}" class="title">${credential.name}, used by a ${credential.user}</text>`;
  return [heading, ...bars, ...lines].join("\n");
}

function rectangle(x: number, y: number, width: number, name: string): string {
  return `<rect x="${x}" y="${y}" width="${round(Math.max(width, 1))}" height="${BAR}" class="${name}"/>`;
}
