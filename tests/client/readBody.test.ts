/** What the bytes of an answer say as JSON, whatever stands around it. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { readBody } from "../../provider/client/body";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const JSON_TEXT = JSON.stringify({ token: KEY, name: 'a "name" {with} \\ braces é', nested: { list: [{}, "}"] } });

function utf16be(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}
function utf32(text: string): Buffer {
  return Buffer.concat(Array.from(text, (character) => Buffer.from([character.charCodeAt(0), 0, 0, 0])));
}
const utf8 = (text: string) => Buffer.from(text);
const keyIn = (body: unknown) => (body as { token?: unknown } | undefined)?.token;

describe("the body of an answer", () => {
  const kept: [what: string, bytes: Buffer, contentType?: string][] = [
    ["is plain JSON", utf8(JSON_TEXT)],
    ["is JSON of another type", utf8(JSON_TEXT), "text/html"],
    ["has white space around it", utf8(`\r\n\t ${JSON_TEXT}\n\n`)],
    ["has a byte-order mark", utf8(`\ufeff${JSON_TEXT}`)],
    ["has two of them", utf8(`\ufeff\ufeff${JSON_TEXT}`)],
    ["has a guard before it", utf8(`)]}'\n${JSON_TEXT}`)],
    ["has another guard", utf8(`)]}',\n${JSON_TEXT}`)],
    ["has a loop before it", utf8(`while(1);${JSON_TEXT}`)],
    ["has an empty object before it", utf8(`{}&& ${JSON_TEXT}`)],
    ["is a call", utf8(`/**/callback(${JSON_TEXT});`)],
    ["has text after it", utf8(`${JSON_TEXT}\n-- proxied by gateway 7 --`)],
    ["has more JSON after it", utf8(`${JSON_TEXT}{"token":null}`)],
    ["has JSON before it", utf8(`{"status":"ok"}\n${JSON_TEXT}`)],
    ["has a script after it", utf8(`${JSON_TEXT}<script>var page = { token: "x" };</script>`)],
    ["has a brace too many after it", utf8(`${JSON_TEXT}}`)],
    ["has an open brace after it", utf8(`${JSON_TEXT} {`)],
    ["was cut into pieces by a gateway", utf8(`1f4\r\n${JSON_TEXT}\r\n0\r\n\r\n`)],
    ["has a warning before it", utf8(`<br /><b>Warning</b>: odd\n${JSON_TEXT}`), "application/json"],
    ["has a line break within a string", utf8(JSON_TEXT.replace("braces", "br\naces\t"))],
    ["was made JSON twice", utf8(JSON.stringify(JSON_TEXT))],
    ["is UTF-16", Buffer.from(JSON_TEXT, "utf16le")],
    ["is UTF-16 of the other order", utf16be(JSON_TEXT)],
    ["is UTF-16 with a mark", Buffer.from(`\ufeff${JSON_TEXT}`, "utf16le")],
    [
      "is UTF-16 of the other order with a mark, and is said to be",
      utf16be(`\ufeff${JSON_TEXT}`),
      "a/b; charset=UTF-16",
    ],
    ["is UTF-16 with a guard", utf16be(`)]}'\n${JSON_TEXT}`)],
    ["is UTF-32", utf32(JSON_TEXT)],
    ["is not the UTF-16 that it is said to be", utf8(JSON_TEXT), "application/json; charset=utf-16"],
    ["is of an encoding that nobody knows", utf8(JSON_TEXT), 'application/json; charset="x-unknown"'],
    ["is not UTF-8", Buffer.from(JSON_TEXT, "latin1")],
  ];
  for (const [what, bytes, contentType] of kept) {
    it(`gives its key when it ${what}`, () => {
      assert.equal(keyIn(readBody(bytes, contentType)), KEY);
    });
  }

  it("is decoded as it says", () => {
    const bytes = Buffer.from(JSON_TEXT, "latin1");
    assert.deepEqual(readBody(bytes, "application/json; charset=ISO-8859-1"), JSON.parse(JSON_TEXT));
    assert.deepEqual(readBody(utf16be(JSON_TEXT)), JSON.parse(JSON_TEXT));
  });

  const whole: [what: string, bytes: Buffer, contentType?: string][] = [
    ["UTF-16 with a mark", Buffer.from(`\ufeff${JSON_TEXT}`, "utf16le")],
    ["UTF-16 of the other order with a mark", utf16be(`\ufeff${JSON_TEXT}`)],
    ["UTF-16", Buffer.from(JSON_TEXT, "utf16le"), "application/json"],
    ["UTF-8 that is said to be UTF-16", utf8(JSON_TEXT), "application/json; charset=utf-16"],
    ["UTF-8 that is said to be UTF-16 without a hyphen", utf8(JSON_TEXT), "application/json; charset=utf16"],
    ["UTF-8 that is said to be of no encoding", utf8(JSON_TEXT), "application/json; charset=x-unknown"],
    ["UTF-8 that does not say so", utf8(JSON_TEXT)],
    ["white space around it", utf8(` \n${JSON_TEXT} \0 `)],
    ["a brace before it", utf8(`} ${JSON_TEXT}`)],
    ["a text in quotes before it", utf8(`"while" {} ${JSON_TEXT}`)],
  ];
  for (const [what, bytes, contentType] of whole) {
    it(`is read to the letter: ${what}`, () => {
      assert.deepEqual(readBody(bytes, contentType), JSON.parse(JSON_TEXT));
    });
  }

  it("has a blank where a string has what JSON does not allow, and all members of all its objects", () => {
    assert.deepEqual(readBody(utf8('x {"a":"1\n2","b":1} y {"b":2,"c":{"d":[1]}}')), { a: "1 2", b: 1, c: { d: [1] } });
    assert.deepEqual(readBody(utf8('x {"a":"}"}{"b":"{"}')), { a: "}", b: "{" });
    assert.deepEqual(readBody(utf8('"{\\"a\\":1}"')), { a: 1 });
    assert.equal(readBody(utf8('"a text"')), "a text");
    assert.deepEqual([readBody(utf8("[1]")), readBody(utf8("null")), readBody(utf8("0"))], [[1], undefined, 0]);
  });

  const none: [what: string, text: string, contentType?: string][] = [
    ["empty", ""],
    ["a page", "<html><body>Bad gateway</body></html>", "text/html"],
    ["a page with data of its own", `<!doctype html><script>var data = ${JSON_TEXT};</script>`, "text/html"],
    ["a page that does not say so", `\n<html>${JSON_TEXT}`],
    ["text", "upstream connect error"],
    ["text in braces", "no {such} thing {"],
    ["cut off", JSON_TEXT.slice(0, -1)],
    ["a key alone", KEY],
  ];
  for (const [what, text, contentType] of none) {
    it(`is none when it is ${what}`, () => {
      assert.equal(readBody(utf8(text), contentType), undefined);
    });
  }

  it("does not change what objects are made of", () => {
    readBody(utf8('x{"__proto__":{"polluted":1}}'));
    assert.equal(Reflect.get({}, "polluted"), undefined);
  });

  it("is read in time that grows no faster than its length", () => {
    for (const piece of ['{"', '"\\"', "{", "}{", "\\"])
      assert.doesNotThrow(() => readBody(utf8(`{${piece.repeat(1e6)}`)));
  }).timeout(60_000);

  it("is never a reason to fail, and plain JSON comes back as it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.string(), (bytes, contentType) => {
        readBody(bytes, contentType);
      }),
    );
    fc.assert(
      fc.property(fc.object(), (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual(readBody(utf8(text)), JSON.parse(text));
      }),
    );
  });

  it("gives its key whatever stands around the object, in every encoding", () => {
    const around = fc.string().filter((text) => !/[{}<"\0]/.test(text));
    const encodings = [utf8, utf16be, (text: string) => Buffer.from(text, "utf16le")];
    fc.assert(
      fc.property(fc.string(), around, fc.constantFrom(...encodings), (name, after, encode) => {
        const text = JSON.stringify({ name, token: KEY });
        assert.equal(keyIn(readBody(encode(`)]}'\n${text}${after}`))), KEY);
      }),
    );
  });
});
