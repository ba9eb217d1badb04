"use client";

import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { ImportReport } from "#firmware/imports/model";

type IgnoredFilesProps = Pick<ImportReport, "ignored">;

/** The files that belong to no update, each with the reason. */
export function IgnoredFiles({ ignored }: IgnoredFilesProps) {
  const t = useTranslations("imports");
  return (
    <Card
      title={t("ignored.title")}
      description={t("ignored.description", { count: ignored.length })}
      isFlush
    >
      <Table caption={t("ignored.caption")}>
        <thead>
          <tr>
            <TableHead>{t("columns.file")}</TableHead>
            <TableHead>{t("columns.reason")}</TableHead>
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {ignored.map(({ path, reason, code, values }, index) => (
            // Two files may have the same name, which is one of the reasons to be ignored.
            <TableRow key={`${index} ${path}`}>
              <TableCell className="min-w-32 font-mono text-xs wrap-anywhere">{path}</TableCell>
              <TableCell className="text-ink-muted">
                {code === null ? (
                  <span lang="en">{reason}</span>
                ) : (
                  t(`ignored.reasons.${code}`, values)
                )}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
