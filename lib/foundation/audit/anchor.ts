import { z } from "zod";
import { FIRST_PREVIOUS_HASH } from "#foundation/audit/model";

/** The newest entry of the audit when the file was written. Without it, entries deleted at the end would go unnoticed. */
export const auditAnchor = z.strictObject({
  entries: z.int().min(0),
  lastId: z.string().regex(/^\d{1,19}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditAnchor = Readonly<z.infer<typeof auditAnchor>>;

/** The anchor of an empty audit. */
export const EMPTY_ANCHOR: AuditAnchor = { entries: 0, lastId: "0", hash: FIRST_PREVIOUS_HASH };

/** An unreadable file counts as lost. */
export type StoredAnchor =
  | { readonly state: "present"; readonly anchor: AuditAnchor }
  | { readonly state: "missing" }
  | { readonly state: "unreadable" };

/** Parses the content of the file. */
export function parseAnchor(text: string): StoredAnchor {
  try {
    const parsed = auditAnchor.safeParse(JSON.parse(text));
    return parsed.success ? { state: "present", anchor: parsed.data } : { state: "unreadable" };
  } catch {
    return { state: "unreadable" };
  }
}
