/** The outcome of a command that ran to its end. Everything else is thrown. */
export const OUTCOMES = [
  "done",
  /** At least one of several items failed; each is reported. */
  "some_failed",
  "import_failed",
  /** The import waits until an administrator says what the images are for. */
  "needs_details",
  /** The import waits until an administrator accepts images that cannot be verified with their security catalog. */
  "needs_confirmation",
  "audit_broken",
  /** A simulated phone got no usable answer or file. */
  "phone_failed",
  /** A simulated phone is offered an update again, although it installed the one it was offered. */
  "still_offered",
  /** The user answered the question with no. */
  "declined",
  "interrupted",
] as const;
export type Outcome = (typeof OUTCOMES)[number];
