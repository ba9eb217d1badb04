import { z } from "zod";

/** How a version was rejected: before its approval, by a roll-back, or because its approval was undone. */
export const REJECTION_KINDS = ["rejected", "rolled_back", "approval_undone"] as const;
export type RejectionKind = (typeof REJECTION_KINDS)[number];

/** A rejection that is in force: for its kind of image, it marks the version in every pool. */
export const rejection = z.object({
  version: z.string(),
  kind: z.enum(REJECTION_KINDS),
  /** The pool in which it was rejected. */
  poolFqdn: z.string(),
  rejectedBy: z.string(),
  reason: z.string(),
  rejectedAt: z.coerce.date(),
});
export type Rejection = Readonly<z.output<typeof rejection>>;

/** A rejection with the approval that ended it; null while it is in force. */
export type PastRejection = Rejection & {
  readonly ended: {
    readonly by: string;
    readonly at: Date;
    readonly reason: string;
    /** Whether the rejection was undone; else the version was approved in spite of it. */
    readonly isUndo: boolean;
  } | null;
};

/** The sentence for scripts and logs; the panel has its own. */
export function toRejectionText({
  version,
  kind,
  poolFqdn,
  rejectedBy,
  reason,
  rejectedAt,
}: Rejection): string {
  const what = {
    rejected: "was rejected",
    rolled_back: "was rolled back",
    approval_undone: "was approved, and the approval was undone,",
  }[kind];
  const why = reason === "" ? "" : `: “${reason}”`;
  return `Version ${version} ${what} in ${poolFqdn} by ${rejectedBy} on ${rejectedAt.toISOString().slice(0, 10)}${why}`;
}
