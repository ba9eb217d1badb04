import "server-only";

import type { AuditEntry, AuditSubjectKind } from "#lib/audit/model";
import { AUDIT_PAGE_SIZE } from "#lib/audit/search-params";
import { searchEntries } from "#lib/audit/server/store";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { pageWindow } from "#lib/core/paging";
import { db } from "#lib/platform/db/client";

export type AuditSearch = {
  readonly q: string;
  readonly kind: readonly AuditSubjectKind[];
  readonly subject: string;
  readonly order: "asc" | "desc";
  readonly page: number;
};

export async function listAuditEntries(
  context: UseCaseContext,
  { q, kind, subject, order, page }: AuditSearch,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
  requirePermission(context.actor, "audit:read");
  return searchEntries(
    db,
    { q, kinds: kind, subjectId: subject, order },
    pageWindow(page, AUDIT_PAGE_SIZE),
  );
}
