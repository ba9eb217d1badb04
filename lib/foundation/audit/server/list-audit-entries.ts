import "server-only";

import type { AuditEntry, AuditSubjectKind } from "#foundation/audit/model";
import { AUDIT_PAGE_SIZE } from "#foundation/audit/search-params";
import { searchEntries } from "#foundation/audit/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { lastPage, pageWindow } from "#foundation/core/paging";
import { toTimeRange } from "#foundation/core/time-range";
import { db } from "#foundation/platform/db/client";

export type AuditSearch = {
  readonly q: string;
  readonly kind: readonly AuditSubjectKind[];
  readonly subject: string;
  /** First and last day or moment, in ISO 8601; empty where there is none. */
  readonly from?: string;
  readonly to?: string;
  readonly order: "asc" | "desc";
  readonly page: number;
};

export type AuditPage = {
  readonly entries: readonly AuditEntry[];
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
};

export async function listAuditEntries(
  context: UseCaseContext,
  { q, kind, subject, from = "", to = "", order, page: askedPage }: AuditSearch,
): Promise<AuditPage> {
  requirePermission(context.actor, "audit:read");
  const search = { q, kinds: kind, subjectId: subject, range: toTimeRange(from, to), order };
  const asked = Math.max(1, askedPage);
  const found = await searchEntries(db, search, pageWindow(asked, AUDIT_PAGE_SIZE));
  const page = Math.min(asked, lastPage(found.total, AUDIT_PAGE_SIZE));
  if (page === asked) {
    return { ...found, page };
  }
  return { ...(await searchEntries(db, search, pageWindow(page, AUDIT_PAGE_SIZE))), page };
}
