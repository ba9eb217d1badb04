import "server-only";

import type { AuditEntry, AuditSubjectKind } from "#lib/audit/model";
import { AUDIT_PAGE_SIZE } from "#lib/audit/search-params";
import { searchEntries } from "#lib/audit/server/store";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { lastPage, pageWindow } from "#lib/core/paging";
import { toTimeRange } from "#lib/core/time-range";
import { db } from "#lib/platform/db/client";

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
