"use client";

import { useTranslations } from "next-intl";
import { Bytes } from "#components/ui/bytes";
import { Card } from "#components/ui/card";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { DetailsQuestion } from "#firmware/imports/model";

type UndescribedFilesProps = Pick<DetailsQuestion, "undescribed">;

/** What the form asks about, for people who may not answer. */
export function UndescribedFiles({ undescribed }: UndescribedFilesProps) {
  const t = useTranslations("imports");
  return (
    <Card title={t("details.title")} description={t("details.description")} isFlush>
      <Table caption={t("details.title")}>
        <thead>
          <tr>
            <TableHead>{t("columns.file")}</TableHead>
            <TableHead>{t("columns.sizeBytes")}</TableHead>
            <TableHead>{t("columns.reason")}</TableHead>
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {undescribed.map(({ path, sizeBytes, why }, index) => (
            // One image may be asked about for several kinds of phone.
            <TableRow key={`${index} ${path}`}>
              <TableCell className="min-w-32 font-mono text-xs wrap-anywhere">{path}</TableCell>
              <TableCell>
                <Bytes sizeBytes={sizeBytes} />
              </TableCell>
              <TableCell className="text-ink-muted">{t(`details.why.${why}`)}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
