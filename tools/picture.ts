/** What all pictures have in common: a titled SVG on a white ground. */

export interface Picture {
  /** For people who do not see it. */
  readonly label: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Rules of CSS. */
  readonly style: string;
  /** Elements of SVG. */
  readonly content: string;
}

export function picture({ label, title, width, height, style, content }: Picture): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<style>
${style}
</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="16" y="28" class="title">${title}</text>
${content}
</svg>
`;
}

/** A tenth of a pixel is as exact as a place has to be. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
