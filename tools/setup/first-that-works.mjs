/** Tries one way after the other. */
import { SetupError } from "./setup-error.mjs";

/**
 * @template T
 * @param {string} verdict what to say if none works
 * @param {{ name: string, attempt: () => Promise<T> }[]} ways each gives the result, or throws the reason why it can't
 * @returns {Promise<T>} the result of the first way that works
 * @throws {SetupError} naming every way tried and its reason
 */
export async function firstThatWorks(verdict, ways) {
  const reasons = [];
  for (const { name, attempt } of ways) {
    try {
      return await attempt();
    } catch (error) {
      reasons.push(`  - ${name}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new SetupError(`${verdict}. Tried:\n${reasons.join("\n")}`);
}
