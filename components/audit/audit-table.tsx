"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useAuditColumns } from "#components/audit/audit-columns";
import { DataTable } from "#components/data-table/data-table";
import { useTableSearch } from "#components/data-table/use-table-search";
import { toOption } from "#components/ui/option";
import { EmptyState } from "#components/ui/empty-state";
import type { AuditEntry } from "#foundation/audit/model";
import { AUDIT_SUBJECT_KINDS } from "#foundation/audit/model";
import { auditSearchParams } from "#foundation/audit/search-params";

type AuditTableProps = {
  readonly entries: readonly AuditEntry[];
  readonly total: number;
  readonly page: number;
};

export function AuditTable({ entries, total, page }: AuditTableProps) {
  const t = useTranslations("audit");
  const search = useTableSearch(auditSearchParams);
  const columns = useAuditColumns();
  const subjects = search.state.filters.subject ?? [];
  return (
    <DataTable
      name="audit"
      exportPath="/api/exports/audit"
      caption={t("caption")}
      columns={columns}
      rows={entries}
      total={total}
      page={page}
      missingRows="moved"
      rowId={({ id }) => id}
      rowName={({ subjectName }) => subjectName}
      search={search}
      searchLabel={t("search")}
      facets={[
        {
          key: "kind",
          label: t("kind"),
          options: AUDIT_SUBJECT_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
        },
        // Other pages link here with one subject. This filter can only remove it.
        ...(subjects.length > 0
          ? [{ key: "subject", label: t("subject"), options: subjects.map(toOption) }]
          : []),
      ]}
      empty={
        <EmptyState
          icon={<Icon name="history" />}
          title={t("empty.title")}
          description={t("empty.description")}
        />
      }
    />
  );
}
