/** Reads an answer's body, within bounds. */
import type { Readable } from "node:stream";
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";

import { LONGEST_BODY } from "./limits";

export interface Received {
  readonly bytes: Buffer;
  /** Why there may be more that did not come. */
  readonly failure: { readonly error: unknown } | undefined;
}

export async function receive(body: Readable): Promise<Received> {
  const chunks: Buffer[] = [];
  let failure: Received["failure"];
  try {
    for await (const chunk of body) chunks.push(chunk as Buffer);
  } catch (error) {
    failure = { error };
  }
  return { bytes: Buffer.concat(chunks), failure };
}

/** A body may be cut off. */
const AS_FAR_AS_IT_GOES = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LONGEST_BODY };

/**
 * @param encoding what Content-Encoding says, which need not be so
 * @returns the body as it came, if it is not compressed, or can't be read
 */
export function decompress(bytes: Buffer, encoding: string | undefined): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    if (isGzip) return gunzipSync(bytes, AS_FAR_AS_IT_GOES);
    if (encoding === "deflate") return inflateSync(bytes, AS_FAR_AS_IT_GOES);
    return encoding === "br" ? brotliDecompressSync(bytes, { maxOutputLength: LONGEST_BODY }) : bytes;
  } catch {
    return bytes;
  }
}

// Reads what a body says. LaunchDarkly shows a new key only once. A proxy may recode or wrap the answer, and a key that
// is there in plain text must not be lost because of that.

/** @returns the JSON in the body; undefined if there is none */
export function readBody(bytes: Uint8Array, contentType = ""): unknown {
  // Without the marks of byte order, which are white space, and the halves of wider characters.
  const text = decode(bytes, contentType).replaceAll("\0", "").trim();
  const value = parse(text);
  // JSON that was encoded as JSON once more.
  if (typeof value === "string") return parse(value) ?? value;
  return value ?? wrappedJson(text, contentType);
}

function decode(bytes: Uint8Array, contentType: string): string {
  const label = wideEncoding(bytes) ?? /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    // It says so, but its bytes don't.
    const isMislabelled = /^utf-?(?:16|32)/i.test(label) && wideEncoding(bytes) === undefined;
    return new TextDecoder(isMislabelled ? "utf-8" : label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** JSON begins with an ASCII character, so in UTF-16 and UTF-32 with a byte of zero beside it, or with their mark. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0) return "utf-16be";
  return second === 0 ? "utf-16le" : undefined;
}

/** With something before it, such as `)]}'`, or after it: the members of all objects there, of the first one first. */
function wrappedJson(text: string, contentType: string): unknown {
  const start = text.indexOf("{");
  if (start < 0 || isPage(text.slice(0, start), contentType)) return undefined;
  // JSON allows no line break within a string; a name may hold one all the same.
  const oneLine = text.slice(start).replace(/\p{Cc}/gu, " ");
  const objects = objectsIn(oneLine).map(parse).filter(isObject);
  return objects.length === 0 ? undefined : Object.fromEntries(objects.reverse().flatMap(Object.entries));
}

/** A page is somebody else's, with data of its own. */
function isPage(beginning: string, contentType: string): boolean {
  return beginning.includes("<") && !/json/i.test(contentType);
}

/** The outermost texts between braces that match. */
function objectsIn(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isInString && character === "\\") index++;
    else if (character === '"') isInString = !isInString && depth > 0;
    else if (isInString) continue;
    else if (character === "{" && depth++ === 0) start = index;
    else if (character === "}" && depth > 0 && --depth === 0) found.push(text.slice(start, index + 1));
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
