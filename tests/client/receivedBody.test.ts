/** The bytes of a body: received as far as they come, and decompressed as far as they can be. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

import { decompress, isObject, receive } from "../../provider/client/body";
import { LONGEST_BODY } from "../../provider/client/limits";

const TEXT = JSON.stringify({ token: "1111", text: "x".repeat(1_000) });
const plain = Buffer.from(TEXT);

describe("a body that is received", () => {
  it("is whole", async () => {
    const { bytes, failure } = await receive(Readable.from([plain.subarray(0, 9), plain.subarray(9)]));
    assert.deepEqual([bytes.toString(), failure], [TEXT, undefined]);
  });

  it("is kept as far as it came, with what cut it off", async () => {
    const reset = new Error("ECONNRESET");
    const body = Readable.from(
      (function* () {
        yield plain.subarray(0, 9);
        throw reset;
      })(),
    );
    assert.deepEqual(await receive(body), { bytes: plain.subarray(0, 9), failure: { error: reset } });
  });
});

describe("a body that is compressed", () => {
  const rows: [what: string, bytes: Buffer, encoding: string | undefined, text: string][] = [
    ["is not", plain, undefined, TEXT],
    ["by gzip", gzipSync(plain), "gzip", TEXT],
    ["by gzip, and does not say so", gzipSync(plain), undefined, TEXT],
    ["by gzip, and says something else", gzipSync(plain), "br", TEXT],
    ["by deflate", deflateSync(plain), "deflate", TEXT],
    ["by brotli", brotliCompressSync(plain), "br", TEXT],
    ["not as it says: gzip", plain, "gzip", TEXT],
    ["not as it says: deflate", plain, "deflate", TEXT],
    ["not as it says: brotli", plain, "br", TEXT],
    ["in a way that nobody knows", plain, "zstd", TEXT],
  ];
  for (const [what, bytes, encoding, text] of rows) {
    it(`is read: ${what}`, () => {
      assert.equal(decompress(bytes, encoding).toString(), text);
    });
  }

  it("is not one of gzip by half of its mark", () => {
    for (const bytes of [Buffer.from([0x1f, 0x41, 0x42]), Buffer.from([0x41, 0x8b, 0x42])]) {
      assert.deepEqual(decompress(bytes, undefined), bytes);
      const deflated = deflateSync(bytes);
      assert.deepEqual(decompress(deflated, "deflate"), bytes);
    }
  });

  it("is read as far as it came", () => {
    for (const [bytes, encoding] of [
      [gzipSync(plain), "gzip"],
      [deflateSync(plain), "deflate"],
    ] as const) {
      const read = decompress(bytes.subarray(0, -6), encoding).toString();
      assert.ok(read.length > 0 && TEXT.startsWith(read), encoding);
    }
  });

  it("is left as it is where it would take more than an answer has", () => {
    const large = Buffer.alloc(LONGEST_BODY + 1);
    for (const [bytes, encoding] of [
      [gzipSync(large), "gzip"],
      [deflateSync(large), "deflate"],
      [brotliCompressSync(large), "br"],
    ] as const) {
      assert.equal(decompress(bytes, encoding), bytes, encoding);
    }
  });
});

describe("an object", () => {
  it("is neither nothing nor a text", () => {
    const values = [{}, [], null, "text", 1, undefined];
    assert.deepEqual(values.map(isObject), [true, true, false, false, false, false]);
  });
});
