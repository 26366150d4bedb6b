/** Draws a timeline as an SVG picture. */
import { type Mark, marks, seconds, type Timeline } from "./timeline";

const WIDTH = 860;
const LEFT = 110;
const RIGHT = 44;
const TOP = 64;
const ROW = 44;
const BAR = 20;

const words: Record<Mark["kind"], string> = { reset: "reset", switch: "switch", death: "dies" };

export function timelineSvg(timeline: Timeline): string {
  const x = (at: number) =>
    round(LEFT + ((at - timeline.from) / (timeline.until - timeline.from)) * (WIDTH - LEFT - RIGHT));
  const row = (index: number) => TOP + index * ROW;
  const bottom = row(timeline.keys.length);
  const height = bottom + 70;

  const bars = timeline.keys.map((key, index) => {
    const y = row(index);
    const end = key.expiresAt ?? timeline.until;
    const used =
      key.usedFrom === undefined
        ? ""
        : rectangle(x(key.usedFrom), y, x(key.usedUntil ?? timeline.until) - x(key.usedFrom), "used");
    return `<text x="16" y="${y + 15}">key …${key.ending}</text>${rectangle(x(key.bornAt), y, x(end) - x(key.bornAt), "alive")}${used}`;
  });
  const lines = marks(timeline).map(({ at, kind, key }) => {
    const y = row(timeline.keys.indexOf(key)) + BAR;
    return `<line x1="${x(at)}" x2="${x(at)}" y1="${y - BAR - 4}" y2="${y + 4}" class="${kind}"/><text x="${x(at)}" y="${y + 16}" class="small ${kind}" text-anchor="middle">${words[kind]} ${seconds(timeline, at)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="A rotation: the old key is accepted until the consumer has switched to the new one">
<style>
  text { font: 14px system-ui, sans-serif; fill: #24292f }
  .small { font-size: 11px }
  .title { font-weight: 600 }
  rect { rx: 4px }
  .alive { fill: #c9d7f0 }
  .used { fill: #405bff }
  line { stroke-width: 2; stroke: #24292f }
  line.death { stroke: #d1242f } text.death { fill: #b01c26 }
  line.switch { stroke: #1a7f37 } text.switch { fill: #14642b }
</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="16" y="28" class="title">Two rotations by pulumi up, with a consumer that never stops calling</text>
${bars.join("\n")}
${lines.join("\n")}
${rectangle(16, bottom + 12, 16, "used")}<text x="40" y="${bottom + 27}">in use by the consumer</text>
${rectangle(216, bottom + 12, 16, "alive")}<text x="240" y="${bottom + 27}">accepted, not in use</text>
<text x="16" y="${bottom + 56}">${timeline.calls} calls by the consumer, ${timeline.rejected} rejected</text>
</svg>
`;
}

function rectangle(x: number, y: number, width: number, name: string): string {
  return `<rect x="${x}" y="${y}" width="${round(Math.max(width, 1))}" height="${BAR}" class="${name}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
