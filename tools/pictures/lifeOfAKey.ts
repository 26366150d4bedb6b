/** The life of a key: from the trigger to the end of its grace, with what happens at each step. */
import { picture } from "../picture";

const [WIDTH, HEIGHT] = [860, 330];
const [LEFT, RIGHT] = [150, 830];

/** The moments of a rotation, from left to right. */
const MOMENTS = [
  { x: 250, label: "a trigger changes" },
  { x: 370, label: "pulumi up resets" },
  { x: 490, label: "verified, saved" },
  { x: 600, label: "consumers have it" },
  { x: 750, label: "oldKeyExpiry" },
];

const [, RESET, SAVED, HANDED_ON, END] = MOMENTS.map(({ x }) => x) as [number, number, number, number, number];

function bar(y: number, from: number, to: number, kind: string): string {
  return `<rect x="${from}" y="${y}" width="${to - from}" height="24" class="${kind}"/>`;
}

function text(x: number, y: number, words: string, kind = "", anchor = "start"): string {
  return `<text x="${x}" y="${y}" class="${kind}" text-anchor="${anchor}">${words}</text>`;
}

export function lifeOfAKey(): string {
  const moments = MOMENTS.map(({ x, label }, index) => {
    const y = index % 2 === 0 ? 60 : 78;
    return `${text(x, y, label, "small", "middle")}<line x1="${x}" x2="${x}" y1="${y + 5}" y2="190"/>`;
  });
  const content = [
    ...moments,
    text(16, 121, "old key"),
    bar(104, LEFT, HANDED_ON, "used"),
    bar(104, HANDED_ON, END, "alive"),
    text(LEFT + 10, 121, "in use", "on"),
    text(RESET + 10, 121, "grace: works on", "on"),
    text(HANDED_ON + 10, 121, "grace, unused", "small"),
    text(END + 10, 121, "dead", "death"),
    text(16, 171, "new key"),
    bar(154, RESET, HANDED_ON, "alive"),
    bar(154, HANDED_ON, RIGHT, "used"),
    text(RESET + 10, 171, "unproven", "small"),
    text(SAVED + 10, 171, "in the state", "small"),
    text(HANDED_ON + 10, 171, "in use", "on"),
    text(16, 221, "the stack"),
    text(LEFT, 221, "holds the old key", "small"),
    text(RESET + 10, 221, "holds the new key, even if the run fails from here on", "small"),
    text(16, 264, "RotatingAccessToken creates the next token in place of the reset. The old token gets its end only"),
    text(16, 284, "when the new key is verified. A mobile key has no grace: the old key dies at the reset."),
    text(16, 312, "Time goes from left to right. Nothing happens without a pulumi up.", "small"),
  ];
  return picture({
    label: "The life of a key: the old key works on in its grace while consumers change to the new one",
    title: "The life of a key",
    width: WIDTH,
    height: HEIGHT,
    style: `  text { font: 14px system-ui, sans-serif; fill: #24292f }
  .small { font-size: 12px }
  .title { font-weight: 600 }
  rect.alive, rect.used { rx: 4px }
  .alive { fill: #c9d7f0 }
  .used { fill: #405bff }
  text.on { fill: #ffffff }
  text.death { fill: #b01c26 }
  line { stroke: #8c959f; stroke-dasharray: 3 3 }`,
    content: content.join("\n"),
  });
}
