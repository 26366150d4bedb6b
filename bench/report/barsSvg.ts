/** Draws figures as bars: for each, who was measured, with the least and the most of the runs. */
import { picture, round } from "../../tools/picture";
import { digits, type Figure } from "../figure";

const WIDTH = 760;
const LEFT = 240;
const RIGHT = 90;
const TOP = 48;
const BAR = 14;
const GAP = 18;
const COLORS: Readonly<Record<string, string>> = {
  nothing: "#afb8c1",
  "nothing, as large": "#8c959f",
  "hand-written": "#57606a",
  before: "#c9d7f0",
  ours: "#405bff",
  plugin: "#bf8700",
  script: "#1a7f37",
  Terraform: "#844fba",
};

/** @param figures of one unit, which share an axis */
export function barsSvg(title: string, figures: readonly Figure[]): string {
  const most = Math.max(...figures.flatMap(({ values }) => Object.values(values).map((value) => value.most)));
  const x = (value: number) => round(LEFT + (value / most) * (WIDTH - LEFT - RIGHT));
  let top = TOP;
  const groups = figures.map(({ name, unit, values }) => {
    const entries = Object.entries(values);
    const bars = entries.map(([who, { median, least, most: longest }], index) => {
      const at = top + index * BAR;
      const middle = at + BAR / 2 - 1;
      return `<rect x="${LEFT}" y="${at}" width="${x(median) - LEFT}" height="${BAR - 2}" fill="${COLORS[who] ?? "#d4a72c"}"/>
<line x1="${x(least)}" x2="${x(longest)}" y1="${middle}" y2="${middle}" stroke="#24292f"/>
<text class="small" x="${x(longest) + 6}" y="${middle + 4}">${digits(median)} ${unit}, ${who}</text>`;
    });
    const label = `<text x="${LEFT - 10}" y="${top + (entries.length * BAR) / 2 + 4}" text-anchor="end">${name}</text>`;
    top += entries.length * BAR + GAP;
    return [label, ...bars].join("\n");
  });
  return picture({
    label: title,
    title,
    width: WIDTH + 60,
    height: top,
    style:
      "text { font: 13px system-ui, sans-serif; fill: #24292f } .small { font-size: 11px } .title { font-weight: 600 }",
    content: groups.join("\n"),
  });
}
