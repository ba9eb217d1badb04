import type { CheckedKind, KindFacts } from "#phones/check-log/check-row";
import { toKindCells } from "#phones/check-log/check-row";
import { toAuditKind } from "#phones/check-log/to-audit-line";
import { toAuditKindCells } from "#formats/protocol/audit-line";

/** Encodes the facts of a kind for the database and for the audit file. */
export function toCheckedKind(facts: KindFacts): CheckedKind {
  return {
    ...facts,
    copyCells: toKindCells(facts),
    auditCells: toAuditKindCells(toAuditKind(facts)),
  };
}
