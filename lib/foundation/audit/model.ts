/** The kinds of things that an audited change applies to. */
export const AUDIT_SUBJECT_KINDS = [
  "rule",
  "release",
  "roll_out",
  "import",
  "test_device",
  "pool",
  "site",
  "account",
  "api_token",
  "device_token",
  "device",
  "settings",
  "user_home",
  "version_match",
  "webhook",
  "view",
  "audit",
  "backup",
] as const;
export type AuditSubjectKind = (typeof AUDIT_SUBJECT_KINDS)[number];

/** Each name is a noun, a dot and a past participle. */
export const AUDIT_ACTIONS = [
  "rule.imported",
  "rule.approved",
  "rule.reset",
  "rule.restored",
  "rule.removed",
  "rule.undone",
  "roll_out.warned",
  "roll_out.halted",
  "roll_out.continued",
  "release.cleared",
  "import.started",
  "import.succeeded",
  "import.failed",
  "import.described",
  "import.cancelled",
  "test_device.created",
  "test_device.changed",
  "test_device.removed",
  "pool.created",
  "pool.changed",
  "pool.removed",
  "site.created",
  "site.changed",
  "site.removed",
  "account.created",
  "account.changed",
  "account.removed",
  "account.signed_in",
  "account.refused",
  "api_token.created",
  "api_token.revoked",
  "device_token.created",
  "device_token.revoked",
  "device.forgotten",
  "device.retired",
  "device.restored",
  "device.job_cancelled",
  "device.merged",
  "settings.changed",
  "user_home.set",
  "user_home.removed",
  "version_match.created",
  "version_match.revoked",
  "webhook.created",
  "webhook.changed",
  "webhook.rotated",
  "webhook.removed",
  "view.shared",
  "view.unshared",
  "audit.anchored",
  "backup.created",
  "backup.restored",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** A fact's value: plain, so that it can be hashed, shown and exported. */
export type AuditValue = string | number | boolean | null | readonly string[];

export type AuditFact = {
  readonly action: AuditAction;
  readonly subject: {
    readonly kind: AuditSubjectKind;
    readonly id: string;
    /** The display name at the time of the change. */
    readonly name: string;
  };
  /** The relevant values only, never a dump of the row. */
  readonly facts: Readonly<Record<string, AuditValue>>;
  readonly reason?: string;
};

/** One entry of the audit trail. */
export type AuditEntry = {
  /** Decimal; grows with time. */
  readonly id: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorName: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly facts: Readonly<Record<string, AuditValue>>;
  readonly reason: string;
  readonly requestId: string;
  /** Hash of the previous entry; 64 zeros for the first entry. */
  readonly previousHash: string;
  /** SHA-256 of this entry's content and `previousHash`. */
  readonly hash: string;
};

/** The command by which an administrator on the server accepts that the audit ends before its anchor. */
export const ACCEPT_AUDIT_END_COMMAND = 'npx ucupdates test-audit --accept-end --reason "…"';

export const FIRST_PREVIOUS_HASH = "0".repeat(64);

/**
 * The text that an entry's hash covers. The fields have a fixed order, and the keys of `facts` are sorted, because
 * PostgreSQL's jsonb does not keep the order of keys.
 */
export function auditHashInput(entry: Omit<AuditEntry, "id" | "hash">): string {
  const facts = Object.entries(entry.facts).toSorted(([left], [right]) =>
    left < right ? -1 : left > right ? 1 : 0,
  );
  return JSON.stringify([
    entry.previousHash,
    entry.at.toISOString(),
    entry.actorKind,
    entry.actorName,
    entry.actorId,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.subjectName,
    facts,
    entry.reason,
    entry.requestId,
  ]);
}
