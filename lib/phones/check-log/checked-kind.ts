import type { CheckedKind, KindFacts } from "#phones/check-log/check-row";
import { encodeKind } from "#phones/check-log/check-row";
import { toAuditKind } from "#phones/check-log/to-audit-line";
import { toAuditKindCells } from "#formats/protocol/audit-line";

let encodedKinds = 0;

/** Numbers the facts of a kind and encodes them for the database and for the audit file. */
export function toCheckedKind(facts: KindFacts): CheckedKind {
  encodedKinds += 1;
  const number = encodedKinds;
  return {
    ...facts,
    number,
    copyLine: encodeKind({ ...facts, number }),
    auditCells: toAuditKindCells(toAuditKind(facts)),
  };
}
