/** How a command that ran to its end came out. Whatever else happens is thrown. */
export const OUTCOMES = [
  "done",
  /** Of several things at least one could not be done; each is reported. */
  "some_failed",
  "import_failed",
  /** The import waits until somebody says what the images are for. */
  "needs_details",
  /** The import waits until somebody confirms that images are wanted which their catalog does not vouch for. */
  "needs_confirmation",
  "audit_broken",
  /** A pretend phone got no usable answer or file. */
  "phone_failed",
  /** A pretend phone is offered something again, although it runs what it was offered before. */
  "still_offered",
  /** Whoever was asked said no. */
  "declined",
  "interrupted",
] as const;
export type Outcome = (typeof OUTCOMES)[number];
