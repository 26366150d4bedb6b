/** What follows a request for another record: a table of answers, for ids that LaunchDarkly chooses and for our own. */
import assert from "node:assert/strict";

import {
  creationStep,
  namedCreationStep,
  openAfter,
  type TakenBy,
} from "../../../provider/decisions/replace/creationStep";
import type { CreateReply, KeyRecord } from "../../../provider/model/answers";

const NOW = 1_800_000_000_000;
const MARK = "[Pulumi shop/dev/ci 9f86d081884c7d65 #3-5f3a09bc]";
const record: KeyRecord = {
  ...{ id: "k-3", key: "sdk-new", lastFour: "-new", description: `text ${MARK}`, expiry: null },
  ...{ creationDate: NOW - 1_000, lastUsed: null, version: 1 },
};
const error = new Error("lost");
const taken = Object.assign(new Error("taken"), { status: 409 });
const created = (of: KeyRecord | null = record): CreateReply => ({
  kind: "created",
  key: "sdk-new",
  record: of ?? undefined,
  at: NOW,
});
const unknown: CreateReply = { kind: "unknown", error, mayBeLate: true };
const refused: CreateReply = { kind: "refused", error, isLimit: true };
const busy: CreateReply = { kind: "notProcessed", error, isRateLimited: true };

describe("what follows a creation", () => {
  type Row = [what: string, reply: CreateReply, isOdd: boolean, identified: KeyRecord | null | undefined, step: string];
  const table: Row[] = [
    ["keeps a key with its record", created(), false, undefined, "keep"],
    ["asks a key whose record the answer does not show", created(null), true, undefined, "identify"],
    ["asks a key whose record can't be right", created(), true, undefined, "identify"],
    ["keeps a key that has said which record it is of", created(), true, record, "keep"],
    ["undoes a creation whose record nothing tells", created(null), true, null, "undo"],
    ["ends with a refusal", refused, false, undefined, "fail"],
    ["tries again what was not processed", busy, false, undefined, "retry"],
    ["undoes what may have been made", unknown, false, undefined, "undo"],
  ];
  for (const [what, reply, isOdd, identified, step] of table) {
    it(what, () => {
      assert.equal(creationStep(reply, isOdd, identified, error).kind, step);
    });
  }

  it("says of an attempt whether it may yet be carried out", () => {
    const steps = [creationStep(created(null), true, null, error), creationStep(unknown, false, undefined, error)];
    const late = steps.map((step) => step.kind === "undo" && step.mayBeLate);
    assert.deepEqual(late, [false, true]);
  });

  it("asks a key without its record, whatever is thought of that", () => {
    assert.equal(creationStep(created(null), false, undefined, error).kind, "identify");
  });

  it("keeps the record that the key has named, and not the one in the answer", () => {
    const step = creationStep(created(), true, { ...record, id: "k-4" }, error);
    assert.ok(step.kind === "keep" && step.record.id === "k-4");
  });

  it("counts the requests that may yet be carried out", () => {
    const rows: [open: number, deleted: number, mayBeLate: boolean, after: number][] = [
      [1, 0, true, 1],
      [1, 1, true, 0],
      [1, 0, false, 0],
      [2, 1, false, 1],
      [2, 2, true, 0],
      [1, 2, true, 0],
    ];
    for (const [open, deleted, mayBeLate, after] of rows) assert.equal(openAfter(open, deleted, mayBeLate), after);
  });
});

describe("what follows a creation under an identifier of ours", () => {
  const mark = { owner: "shop/dev/ci", nonce: "9f86d081884c7d65", number: 3, attempt: "5f3a09bc" };
  const wanted = { ...mark, id: "k-3", isOwnerSure: true };
  const refusals = { anothers: new Error("another's"), hidden: new Error("hidden"), unclear: new Error("unclear") };
  const conflict: CreateReply = { kind: "notProcessed", error: taken, isRateLimited: false };
  const is = (more: Partial<KeyRecord>, isOfKind = true): TakenBy => {
    return { kind: "record", record: { ...record, ...more } as KeyRecord, isOfKind };
  };
  const other = (more: Partial<KeyRecord>) => created({ ...record, ...more } as KeyRecord);
  const namesake = { description: MARK.replace("9f86", "0000") };
  const marked = (from: string, to: string) => is({ description: MARK.replace(from, to) });
  const withoutKind = (more: Partial<KeyRecord>): TakenBy => {
    return { kind: "record", record: { ...record, ...more } as KeyRecord, isOfKind: undefined };
  };
  type Row = [what: string, reply: CreateReply, takenBy: TakenBy | undefined, step: object];
  const table: Row[] = [
    ["keeps a key", created(), undefined, { kind: "keep", at: NOW }],
    ["looks where the answer does not show the record", created(null), undefined, { kind: "lookUp" }],
    ["looks where the answer shows another record", other({ id: "k-4" }), undefined, { kind: "lookUp" }],
    ["looks where it shows another mark", other(namesake), undefined, { kind: "lookUp" }],
    ["looks where it shows no mark", other({ description: null }), undefined, { kind: "lookUp" }],
    ["ends with a refusal", refused, undefined, { kind: "fail", isLimit: true }],
    [
      "sends again what may have been made",
      unknown,
      undefined,
      { kind: "retry", mayBeMade: true, isRateLimited: false },
    ],
    ["sends again what was held back", busy, undefined, { kind: "retry", mayBeMade: false, isRateLimited: true }],
    ["looks at what has the identifier", conflict, undefined, { kind: "lookUp" }],
    ["keeps what was made before", conflict, is({}), { kind: "keep", at: NOW - 1_000 }],
    ["keeps what another incarnation has made", conflict, marked("9f86", "0000"), { kind: "keep" }],
    [
      "tries again where it can't look",
      conflict,
      { kind: "failed", error },
      { kind: "retry", mayBeMade: true, isRateLimited: false },
    ],
    ["goes on after a deleted one", conflict, { kind: "nobody" }, { kind: "next", held: undefined, isNamesake: false }],
    ["goes on after one that ends", conflict, is({ expiry: NOW }), { kind: "next", isNamesake: false }],
    ["goes on after one for other triggers", conflict, marked("5f3a", "0000"), { kind: "next", isNamesake: false }],
    ["goes on after one of another number", conflict, marked("#3", "#4"), { kind: "next", isNamesake: false }],
    [
      "goes on after one that another resource has",
      conflict,
      marked("dev/ci 9f86", "qa/ci 0000"),
      { kind: "next", isNamesake: false },
    ],
    ["refuses one without a mark", conflict, is({ description: "by hand" }), { kind: "fail", isLimit: false }],
    ["refuses one by hand of another kind", conflict, is({ description: "" }, false), { error: refusals.anothers }],
    [
      "goes on after one of another kind",
      conflict,
      is({}, false),
      { kind: "next", held: undefined, isNamesake: false },
    ],
    ["goes on after a namesake's of another kind", conflict, is(namesake, false), { kind: "next", isNamesake: false }],
    ["keeps its own, of whose kind nothing is said", conflict, withoutKind({}), { kind: "keep" }],
    ["refuses a namesake's of no known kind", conflict, withoutKind(namesake), { error: refusals.unclear }],
    ["refuses a hidden key of its own", conflict, is({ key: null }), { error: refusals.hidden, mayBeMade: true }],
    ["refuses a namesake's", conflict, is({ key: null, ...namesake }), { error: refusals.hidden, mayBeMade: false }],
  ];
  for (const [what, reply, takenBy, step] of table) {
    it(what, () => {
      const follows: object = namedCreationStep(reply, takenBy, wanted, refusals, NOW);
      assert.deepEqual({ ...follows, ...step }, follows);
    });
  }

  it("keeps nothing of another incarnation where the organization is not known: it may be another stack's", () => {
    const open = { ...wanted, isOwnerSure: false };
    const namesake = namedCreationStep(conflict, marked("9f86", "0000"), open, refusals, NOW);
    assert.ok(namesake.kind === "next" && namesake.held === undefined && namesake.isNamesake);
    assert.equal(namedCreationStep(conflict, is({}), open, refusals, NOW).kind, "keep", "its own is its own");
  });

  it("names what somebody may hold, but not what another resource of the name has", () => {
    const own = namedCreationStep(conflict, is({ expiry: NOW }), wanted, refusals, NOW);
    assert.ok(own.kind === "next" && own.held?.id === "k-3");
    const other = is({ expiry: NOW, description: MARK.replace("9f86", "0000") });
    const namesake = namedCreationStep(conflict, other, wanted, refusals, NOW);
    assert.ok(namesake.kind === "next" && namesake.held === undefined && namesake.isNamesake);
  });
});
