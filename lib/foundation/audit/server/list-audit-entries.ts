import "server-only";

import type { AuditEntry, AuditSubjectKind } from "#foundation/audit/model";
import { searchEntries } from "#foundation/audit/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, findPage } from "#foundation/core/paging";
import { toTimeRange } from "#foundation/core/time";
import { db } from "#foundation/platform/db/client";

export type AuditSearch = {
  readonly q: string;
  readonly kind: readonly AuditSubjectKind[];
  readonly subject: string;
  /** First and last day or time, in ISO 8601; empty for no bound. */
  readonly from?: string;
  readonly to?: string;
  readonly order: "asc" | "desc";
  readonly page: number;
};

export type AuditPage = Paged<{
  readonly entries: readonly AuditEntry[];
}>;

export async function listAuditEntries(
  context: UseCaseContext,
  { q, kind, subject, from = "", to = "", order, page }: AuditSearch,
): Promise<AuditPage> {
  requirePermission(context.actor, "audit:read");
  const search = { q, kinds: kind, subjectId: subject, range: toTimeRange(from, to), order };
  return findPage(page, PAGE_SIZE, (window) => searchEntries(db, search, window));
}
