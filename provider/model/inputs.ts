/** The inputs that all resources share, as Pulumi hands them to the provider. */
import { z } from "zod";

import type { Fixed, Settings } from "./answers";
import { ambiguity, type OldKeyExpiry, oldKeyExpirySchema, parseDuration } from "./duration";
import { type Json, UNKNOWN_VALUE } from "./json";
import { jsonSchema } from "./jsonSchema";
import { HOLDS_A_WHOLE_KEY, LOOKS_LIKE_A_KEY } from "./redact";
import type { Identity } from "./state";

/** The inputs, read. A value that Pulumi does not know yet, in a preview, is the unknown value where it is a string. */
export interface Inputs {
  readonly identity: Identity;
  /** The JSON value whose change asks for a rotation; null when there is none. May hold unknown values in a preview. */
  readonly triggers: Json;
  /** When the old key dies; undefined when the stack does not say. */
  readonly oldKeyExpiry?: OldKeyExpiry | undefined;
  /** How old a key may get; undefined for any age, and while Pulumi does not know it. */
  readonly rotateAfter?: RotateAfter | undefined;
  /** The key to take over when the resource is created; undefined to reset it then. */
  readonly initialKey?: string | undefined;
  /** Whether nothing rotates now, whatever asks for it. */
  readonly frozen: boolean;
  readonly verify: boolean;
  readonly allowSelfRotation: boolean;
}

/** A duration, and how it was written. */
export interface RotateAfter {
  readonly text: string;
  readonly milliseconds: number;
}

const DURATION = 'a duration such as "90d", "12w" or "P90D"';

const rotateAfter = z.string({ error: `must be ${DURATION}` }).transform((input, context): RotateAfter | undefined => {
  if (input === UNKNOWN_VALUE) return undefined;
  const milliseconds = parseDuration(input);
  if (milliseconds !== undefined) return { text: input.trim(), milliseconds };
  context.addIssue(
    ambiguity(input) ?? `must be ${DURATION}; it has one unit (ms, s, m, h, d or w) and is no longer than a century`,
  );
  return z.NEVER;
});

/** A switch; while Pulumi does not know it, it counts as what it is by default. */
export function flag(byDefault: boolean) {
  return z
    .union([z.boolean(), z.literal(UNKNOWN_VALUE).transform(() => byDefault)], { error: "must be true or false" })
    .default(byDefault);
}

/** Text that LaunchDarkly and the state keep as it is. @param error what to say of a key in it */
export function plainText<Text extends z.ZodString>(
  text: Text,
  error = "must hold no key: it is kept in plain text",
): Text {
  return text.refine((value) => !HOLDS_A_WHOLE_KEY.test(value), { error });
}

/** The inputs that say when to rotate. */
export const rotationInputs = {
  triggers: jsonSchema.default(null),
  rotateAfter: rotateAfter.optional(),
  frozen: flag(false),
};

/** The input `oldKeyExpiry` of a credential whose old key may have a grace. */
export const grace = { oldKeyExpiry: oldKeyExpirySchema.optional() };

/**
 * The part of a credential's port that reads its inputs.
 *
 * @param shape the form of each input
 * @param read what the core reads of them
 */
export function inputsOf<Shape extends z.ZodRawShape>(
  shape: Shape,
  read: (values: z.output<z.ZodObject<Shape, z.core.$strict>>) => Inputs,
): { readonly inputs: z.ZodType<Inputs>; readonly inputNames: readonly string[] } {
  return { inputs: z.strictObject(shape).transform(read), inputNames: Object.keys(shape) };
}

/** What the core reads where a credential has no such input. */
export const withoutProof = { verify: false, allowSelfRotation: false } as const;

/**
 * An input that is a whole key. Its messages never repeat it.
 *
 * @param prefix how such keys begin, as in "api-"
 * @param otherwise what to say of a key that begins like those of another kind
 * @param leaveOut what leaving the input out does
 */
export function keyInput(prefix: string, otherwise: string, leaveOut: string) {
  return z
    .string({ error: `must be the key that is in use now, a string such as ${prefix}…` })
    .superRefine((value, context) => {
      if (value === UNKNOWN_VALUE) return;
      if (LOOKS_LIKE_A_KEY.test(value) && !value.trimStart().startsWith(prefix)) context.addIssue(otherwise);
      else if (!/^[\x21-\x7e]{5,}$/.test(value)) {
        context.addIssue(`must be the whole key that is in use now (${prefix}…), without blanks; ${leaveOut}`);
      }
    });
}

/** The inputs of a resource that owns its credential, read. */
export interface OwnedInputs extends Pick<
  Inputs,
  "triggers" | "rotateAfter" | "frozen" | "verify" | "allowSelfRotation"
> {
  /** The organization of the stack, and the URN of the resource, with a slash between. */
  readonly owner: string;
  /** What people call the record. */
  readonly name: string;
  /** What the record is to be, the name included; a setting that the program leaves out is LaunchDarkly's. */
  readonly settings: Settings;
  readonly fixed: Fixed;
  /** What a record is made with besides its settings, and what can't be changed later. */
  readonly atCreation?: Settings | undefined;
  /** How the identifiers of its records begin, where the stack chooses them; undefined for the default. */
  readonly idPrefix?: string | undefined;
  readonly oldKeyExpiry: OldKeyExpiry;
  /** What is taken over when the resource is created; undefined to make one. Its key is undefined where it can be read. */
  readonly initial: { readonly key?: string | undefined; readonly id: string } | undefined;
}
