/** A set-up step that failed for a reason the person at the keyboard can act on: its message is all they need. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}
