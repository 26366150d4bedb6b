/** Values on their way between the engine and the plugin, as the bytes that cross. */
import assert from "node:assert/strict";

import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { UNKNOWN_VALUE } from "../../provider/model/json";
import { fromWire, RefusedValue, toWire } from "../../provider/hosts/plugin/wire";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const signed = (signature: string, fields: object) => ({ [SIGNATURE]: signature, ...fields });
const secret = (value: unknown) => signed("1b47061264138c4ac30d75fd1eb44270", { value });
const output = (fields: object) => signed("d0e6a833031e9bbcd3f4e8bde6ca49a4", fields);
const reference = (fields: object) => signed("5cf8f73096256a8f31e491e813e4eb8e", { urn: "urn:pulumi:a", ...fields });

const crossed = (struct: Struct) => Struct.deserializeBinary(struct.serializeBinary());
const received = (values: object) =>
  fromWire(crossed(Struct.fromJavaScript(values as Record<string, JavaScriptValue>)));

/** What arrives for a property, and whether it counts as secret. */
const ARRIVALS: readonly (readonly [what: string, sent: unknown, arrives: unknown, isSecret?: boolean])[] = [
  ["a text", "a", "a"],
  ["an empty text", "", ""],
  ["a number", 0.5, 0.5],
  ["a boolean", false, false],
  ["an empty list", [], []],
  ["an empty map", {}, {}],
  ["null within a map", { a: null }, { a: null }],
  ["null within a list", [null, [1]], [null, [1]]],
  ["a key that is a property of every object", { toString: 2 }, { toString: 2 }],
  ["an unknown text", UNKNOWN_VALUE, UNKNOWN_VALUE],
  ["an unknown boolean", "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", UNKNOWN_VALUE],
  ["an unknown number", "3eeb2bf0-c639-47a8-9e75-3b44932eb421", UNKNOWN_VALUE],
  ["an unknown list", "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", UNKNOWN_VALUE],
  ["an unknown asset", "030794c1-ac77-496b-92df-f27374a8bd58", UNKNOWN_VALUE],
  ["an unknown archive", "e48ece36-62e2-4504-bad9-02848725956a", UNKNOWN_VALUE],
  ["an unknown map", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", UNKNOWN_VALUE],
  ["an unknown value in a map", { a: [UNKNOWN_VALUE] }, { a: [UNKNOWN_VALUE] }],
  ["a secret", secret("a"), "a", true],
  ["a secret map", secret({ a: { b: 1 } }), { a: { b: 1 } }, true],
  ["a secret in a map in a list", [{ a: secret(1) }], [{ a: 1 }], true],
  ["a secret in a secret", secret({ a: secret(1) }), { a: 1 }, true],
  ["a secret that is not known yet", secret(UNKNOWN_VALUE), UNKNOWN_VALUE, true],
  ["a secret empty text", secret(""), "", true],
  ["an output", output({ value: "a", dependencies: ["urn:pulumi:b"] }), "a"],
  ["an output that is false", output({ value: false }), false],
  ["a secret output", output({ value: { a: 1 }, secret: true }), { a: 1 }, true],
  ["an output that is not secret", output({ value: "a", secret: false }), "a"],
  ["an output that is not known yet", output({}), UNKNOWN_VALUE],
  ["a secret output that is not known yet", output({ secret: true }), UNKNOWN_VALUE, true],
  ["an output in a map in an output", output({ value: { a: output({ value: 1, secret: true }) } }), { a: 1 }, true],
  ["a resource", reference({ id: "i-1" }), "i-1"],
  ["a resource whose id is not known yet", reference({ id: "" }), UNKNOWN_VALUE],
  ["a resource whose id is an output", reference({ id: output({}) }), UNKNOWN_VALUE],
  ["a component", reference({}), "urn:pulumi:a"],
];

describe("a value from the engine", () => {
  for (const [what, sent, arrives, isSecret = false] of ARRIVALS) {
    it(`arrives as JSON: ${what}`, () => {
      const { values, secrets } = received({ before: 1, property: sent });
      assert.deepEqual(values, { before: 1, property: arrives });
      assert.deepEqual([...secrets], isSecret ? ["property"] : []);
    });
  }

  it("was not given if it is null, also as a secret or as an output", () => {
    const { values } = received({ a: null, b: secret(null), c: output({ value: null }), d: 1 });
    assert.deepEqual(values, { d: 1 });
    assert.deepEqual(fromWire(undefined), { values: {}, secrets: new Set() });
  });

  it("is refused with its place and without the value if it is no JSON", () => {
    const asset = signed("c44067f5952c0a294b673a41bacd8c17", { text: "sensitive" });
    const archive = signed("0def7320c3a5731c473e5ecbe6d01bc7", { uri: "https://user:sensitive@example.com" });
    const bytes = signed("803fd3297a5875dc03ca845dda5d2a98", { value: "sensitive" });
    const later = signed("0".repeat(32), { value: "sensitive" });
    for (const [given, place, message] of [
      [asset, "property", "is an asset, and must be JSON. Write a hash of its content instead."],
      [{ a: [archive] }, "property.a[0]", "is an archive, and must be JSON. Write a hash of its content instead."],
      [
        secret({ a: bytes }),
        "property.a",
        "is a text that is not valid UTF-8, and must be JSON. Write its Base64 instead.",
      ],
      [
        [later],
        "property[0]",
        "is of a kind that this version does not know, and must be JSON. Write a text or a number instead.",
      ],
    ] as const) {
      assert.throws(
        () => received({ property: given }),
        (error) => error instanceof RefusedValue && error.message === `${place} ${message}`,
      );
    }
  });
});

describe("a value to the engine", () => {
  const sent = (values: object, secrets: readonly string[] = []) =>
    crossed(toWire({ ...values }, new Set(secrets))).toJavaScript();

  it("is what it was, without what is undefined", () => {
    assert.deepEqual(sent({ a: "a", b: [1, { c: null, d: undefined }], e: undefined, f: null, g: false }), {
      a: "a",
      b: [1, { c: null }],
      f: null,
      g: false,
    });
  });

  it("is wrapped whole if it is a secret, also while it is not known; null is not", () => {
    assert.deepEqual(sent({ token: "t", triggers: { a: 1 }, role: "r" }, ["token", "triggers", "missing"]), {
      token: secret("t"),
      triggers: secret({ a: 1 }),
      role: "r",
    });
    assert.deepEqual(sent({ token: UNKNOWN_VALUE }, ["token"]), { token: secret(UNKNOWN_VALUE) });
    assert.deepEqual(sent({ token: null }, ["token"]), { token: null });
  });

  it("breaks no call by what a state should not hold", () => {
    const odd = { a: Number.NaN, b: 10n, c: new Date(0), d: () => 1, e: "\ud800", f: [undefined, Symbol("s")] };
    assert.deepEqual(sent({ odd, whole: () => 1 }), {
      odd: { a: null, b: "10", c: "1970-01-01T00:00:00.000Z", e: "\ufffd", f: [null, null] },
      whole: null,
    });
  });

  it("comes back as it was sent, with its secrets", () => {
    const values = { token: "t", triggers: { quarter: { a: [1, null] } }, rotationCount: 3 };
    const secrets = new Set(["token", "triggers"]);
    assert.deepEqual(fromWire(crossed(toWire(values, secrets))), { values, secrets });
  });
});
