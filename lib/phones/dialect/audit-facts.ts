import type { AuditFact } from "#foundation/audit/model";
import { DIALECT_SETTING } from "#phones/dialect/model";
import type { LyncDialect } from "#phones/dialect/dialect";

const SUBJECT = { kind: "settings", id: DIALECT_SETTING, name: "Lync dialect" } as const;

/** The names of the changed parts; the templates themselves are too long for the audit trail. */
export function dialectChanged(before: LyncDialect, after: LyncDialect): AuditFact {
  const parts = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after)
    .filter(([name, value]) => JSON.stringify(parts.get(name)) !== JSON.stringify(value))
    .map(([name]) => name);
  return { action: "settings.changed", subject: SUBJECT, facts: { changed } };
}

export function dialectReset(): AuditFact {
  return { action: "settings.changed", subject: SUBJECT, facts: { reset: true } };
}
