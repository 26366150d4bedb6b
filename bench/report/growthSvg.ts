/** Draws how durations grow with the number of tokens, with the line that fits them. */
import { picture, round } from "../../tools/picture";
import type { Line, Point } from "../statistics";

export interface Growth {
  readonly name: string;
  readonly points: readonly Point[];
  readonly line: Line;
}

const WIDTH = 760;
const HEIGHT = 380;
const LEFT = 64;
const RIGHT = 24;
const TOP = 48;
const BOTTOM = 56;
const COLORS = ["#afb8c1", "#57606a", "#405bff"];
const TICKS = 4;

export function growthSvg(title: string, growths: readonly Growth[]): string {
  const points = growths.flatMap((growth) => growth.points);
  const [mostX, mostY] = [Math.max(...points.map(({ x }) => x)), Math.max(...points.map(({ y }) => y))];
  const x = (value: number) => round(LEFT + (value / mostX) * (WIDTH - LEFT - RIGHT));
  const y = (value: number) => round(HEIGHT - BOTTOM - (value / mostY) * (HEIGHT - TOP - BOTTOM));
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => index / TICKS);
  const grid = ticks.flatMap((share) => [
    `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share * mostY)}" y2="${y(share * mostY)}"/>`,
    `<text x="${LEFT - 8}" y="${y(share * mostY) + 5}" text-anchor="end">${(share * mostY).toFixed(0)} s</text>`,
    `<text x="${x(share * mostX)}" y="${HEIGHT - BOTTOM + 22}" text-anchor="middle">${(share * mostX).toFixed(0)}</text>`,
  ]);
  const drawn = growths.flatMap(({ name, points: own, line }, index) => {
    const color = COLORS[index % COLORS.length] ?? "";
    const at = (value: number) => line.intercept + line.slope * value;
    return [
      `<line x1="${x(0)}" y1="${y(Math.max(0, at(0)))}" x2="${x(mostX)}" y2="${y(at(mostX))}" stroke="${color}" stroke-width="2"/>`,
      ...own.map((point) => `<circle cx="${x(point.x)}" cy="${y(point.y)}" r="4" fill="${color}"/>`),
      `<text x="${LEFT + 16}" y="${TOP + 16 + index * 20}" fill="${color}">${name}: ${line.intercept.toFixed(1)} s + ${(line.slope * 1000).toFixed(0)} ms a token</text>`,
    ];
  });
  const axis = `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">tokens</text>`;
  return picture({
    label: title,
    title,
    width: WIDTH,
    height: HEIGHT,
    style: "text { font: 14px system-ui, sans-serif } .grid { stroke: #d0d7de } .title { font-weight: 600 }",
    content: [...grid, ...drawn, axis].join("\n"),
  });
}
