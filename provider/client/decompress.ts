/** Decompresses a body that was compressed though the request asked for a plain one. */
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";

import { LONGEST_BODY } from "./limits";

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
