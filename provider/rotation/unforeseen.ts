/** What is said of an error that nobody foresaw, without a key that it may show. */
import { redact } from "../model/redact";
import { printable } from "../model/printable";

export function unforeseen(error: unknown): string {
  const said = error instanceof Error ? error.message : typeof error;
  return redact(printable(said)).slice(0, 300).toWellFormed();
}
