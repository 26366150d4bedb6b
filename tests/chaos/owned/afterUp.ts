/** What must hold of a resource that owns its token after a `pulumi up` that succeeded. */
import { markIn, textOf } from "../../../provider/model/mark";
import { askedEnd, type SavedTokens } from "./saved";
import { graceOf, isRepeatable, type OwnedResource, tokenOf, tokensOf } from "./tokens";

/** The ids of tokens that the state does not know. */
export function forgottenTokens(one: OwnedResource, saved: SavedTokens | undefined): string[] {
  return tokensOf(one)
    .map(({ id }) => id)
    .filter((id) => saved?.ids.includes(id) !== true);
}

/**
 * Those that a run may leave to a person: the first tokens of a creation that was killed. A state that was never written
 * does not tell them from the tokens of another stack of that name, which somebody uses.
 *
 * Not so where the next run finds what it has made by its identifier. Not so either the tokens of a resource that is in the state: its marks are its own, so it has to keep them until their end.
 *
 * @param begun what the state held when the run began in which the kill was
 * @param isAnother whether another resource comes in the place of that one
 */
export function tokensToName(
  one: OwnedResource,
  { begun, saved, isAnother = false }: Known & { readonly isAnother?: boolean },
): string[] {
  if (isRepeatable(one)) return [];
  if (begun !== undefined && !isAnother) return [];
  const forgotten = new Set(forgottenTokens(one, saved));
  return tokensOf(one)
    .filter(({ id, description }) => {
      const mark = markIn(description ?? null);
      return forgotten.has(id) && mark?.number === 1 && ![saved?.nonce, begun?.nonce].includes(mark.nonce);
    })
    .map(({ id }) => id);
}

interface Known {
  readonly begun: SavedTokens | undefined;
  readonly saved: SavedTokens | undefined;
}

/**
 * @param saved what the state holds; undefined if the resource is not in it
 * @param now by LaunchDarkly's clock
 */
export function wrongTokens(one: OwnedResource, saved: SavedTokens | undefined, now: number): string[] {
  const { name, inputs, place } = one;
  if (inputs === undefined) return saved === undefined ? [] : [`${name} is still in the state`];
  if (saved === undefined || saved.key === null) return [`the state holds no key of ${name}`];
  const violations: string[] = [];
  const current = place.accepts(saved.key) ? place.records().find(({ key }) => key === saved.key) : undefined;
  if (current?.id !== saved.id) violations.push(`the state's key of ${name} does not authenticate as its token`);
  if (current?.expiry !== undefined && current.expiry !== one.foreignEnds.get(current.id)) {
    violations.push(`the current token of ${name} has an end`);
  }
  const { settings, description = null } = current ?? {};
  for (const [setting, value] of Object.entries(inputs.settings)) {
    if (settings === undefined || settings[setting] === value) continue;
    violations.push(`the token of ${name} has the ${setting} ${String(settings[setting])}, not ${value}`);
  }
  if (current !== undefined && textOf(description) !== inputs.description) {
    violations.push(`the token of ${name} has the description ${String(description)}, not ${inputs.description}`);
  }
  return [...violations, ...wrongEnds(one, saved, now)];
}

/** What is confirmed by the state, and asked for by the program, must be so at LaunchDarkly. */
function wrongEnds(one: OwnedResource, { previous }: SavedTokens, now: number): string[] {
  const { name, inputs, over } = one;
  const graceMs = graceOf(inputs?.oldKeyExpiry ?? "");
  return previous.flatMap((token): string[] => {
    const { id, end, byDeletion } = token;
    // Otherwise the next run has something to do.
    if (end === null || end !== askedEnd(token, graceMs) || end <= now || over.has(id)) return [];
    const kept = tokenOf(one, id);
    if (kept === undefined) return [`the previous token ${id} of ${name} is gone`];
    // One that the stack is to delete may have kept an end that it had before.
    if (byDeletion ? (kept.expiry ?? Infinity) >= end : kept.expiry === end) return [];
    return [`the previous token ${id} of ${name} ends at ${String(kept.expiry)}, and by the state at ${end}`];
  });
}

/**
 * What a stack in which nothing is due has left undone.
 *
 * @param now by LaunchDarkly's clock
 * @param localNow by the local one: what is to be deleted is deleted once it has ended by both
 */
export function unsettledTokens(
  { name, inputs, over }: OwnedResource,
  saved: SavedTokens | undefined,
  now: number,
  localNow = Date.now(),
): string[] {
  const graceMs = graceOf(inputs?.oldKeyExpiry ?? "");
  return (saved?.previous ?? []).flatMap((token): string[] => {
    const asked = askedEnd(token, graceMs);
    // A shorter grace counts from now where nobody knows when it has begun.
    if (token.isEstimate === true && token.end !== null && token.end <= now + graceMs) return [];
    const hasEnded = token.end !== null && token.end <= now && !token.byDeletion;
    if (
      hasEnded ||
      (over.has(token.id) && !token.byDeletion) ||
      (asked !== undefined && asked === token.end && asked > (token.byDeletion ? Math.min(now, localNow) : now))
    )
      return [];
    return [
      `the previous token ${token.id} of ${name} is to end at ${String(asked)}, and ends at ${String(token.end)}`,
    ];
  });
}
