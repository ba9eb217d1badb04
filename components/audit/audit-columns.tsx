"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { FactList } from "#components/audit/fact-list";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import type { AuditEntry, AuditSubjectKind } from "#foundation/audit/model";
import { AUDIT_ACTIONS, AUDIT_SUBJECT_KINDS } from "#foundation/audit/model";

const column = columnsOf<AuditEntry>();

export function useAuditColumns(): Columns<AuditEntry> {
  const t = useTranslations("audit");
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "at",
          header: t("columns.at"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row }) => <Instant date={row.original.at} format="full" />,
        }),
        column.display({
          id: "actor",
          header: t("columns.actor"),
          cell: ({ row }) => <ActorName entry={row.original} />,
        }),
        column.display({
          id: "action",
          header: t("columns.action"),
          cell: ({ row }) => <ActionName entry={row.original} />,
        }),
        column.display({
          id: "subject",
          header: t("columns.subject"),
          cell: ({ row }) => <Subject entry={row.original} />,
        }),
        column.display({
          id: "facts",
          header: t("columns.facts"),
          cell: ({ row }) => <FactList facts={row.original.facts} />,
        }),
        column.display({
          id: "reason",
          header: t("columns.reason"),
          cell: ({ row }) => <Reason text={row.original.reason} />,
        }),
        column.display({
          id: "requestId",
          header: t("columns.requestId"),
          meta: { isHiddenAtFirst: true },
          cell: ({ row }) => <Code>{row.original.requestId}</Code>,
        }),
      ]),
    [t],
  );
}

type CellProps = { readonly entry: AuditEntry };

function ActorName({ entry: { actorKind, actorName } }: CellProps) {
  const t = useTranslations("audit.actors");
  return (
    <>
      <span className="block font-medium">{actorName}</span>
      {(actorKind === "command_line" || actorKind === "system") && (
        <span className="block text-xs whitespace-nowrap text-ink-muted">{t(actorKind)}</span>
      )}
    </>
  );
}

/** Shows the raw name of an action that this version does not know. */
function ActionName({ entry }: CellProps) {
  const t = useTranslations("audit.actions");
  const known = AUDIT_ACTIONS.find((action) => action === entry.action);
  return known === undefined ? (
    <Code>{entry.action}</Code>
  ) : (
    <span className="whitespace-nowrap">{t(known)}</span>
  );
}

/** The pages of the subjects that have one. */
const PATHS: Readonly<Partial<Record<AuditSubjectKind, string>>> = {
  rule: "/updates",
  roll_out: "/roll-outs",
  import: "/updates/imports",
  device: "/devices",
};

function Subject({ entry: { subjectKind, subjectId, subjectName, action } }: CellProps) {
  const kind = AUDIT_SUBJECT_KINDS.find((known) => known === subjectKind);
  const path = kind === undefined ? undefined : PATHS[kind];
  return (
    <span className="block max-w-64 min-w-32 wrap-anywhere">
      {path === undefined || subjectId === "" || action.endsWith(".removed") ? (
        subjectName
      ) : (
        <Link href={`${path}/${subjectId}`} className="text-link">
          {subjectName}
        </Link>
      )}
    </span>
  );
}

function Reason({ text }: { readonly text: string }) {
  return text === "" ? (
    <span className="text-ink-faint">–</span>
  ) : (
    <span className="block max-w-72 min-w-32 whitespace-pre-line">{text}</span>
  );
}
