"use client";

import { useTranslations } from "next-intl";
import { FoundUpdates } from "#components/imports/found-updates";
import { RuleOutcomes } from "#components/imports/rule-outcomes";
import { ButtonLink } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { ImportReport as Report } from "#lib/imports/model";

type ImportReportProps = { readonly report: Report };

/** What an import came to: each rule, each firmware found, and what was left aside. */
export function ImportReport({ report }: ImportReportProps) {
  const t = useTranslations("imports.report");
  const count = (outcome: string) => report.rules.filter((rule) => rule.outcome === outcome).length;
  const isUnchanged = count("unchanged") === report.rules.length;
  return (
    <div className="space-y-4">
      <Callout
        tone={isUnchanged ? "info" : "good"}
        role="status"
        actions={
          isUnchanged ? undefined : (
            <ButtonLink href="/updates/pending" size="sm">
              {t("viewPending")}
            </ButtonLink>
          )
        }
      >
        {isUnchanged
          ? t("nothingChanged")
          : t("summary", {
              created: count("created"),
              pending: count("pending"),
              unchanged: count("unchanged"),
            })}
      </Callout>
      {report.mismatchReason !== null && (
        <Callout tone="warn">{t("mismatchAccepted", { reason: report.mismatchReason })}</Callout>
      )}
      {report.unverifiedBlocks > 0 && (
        <Callout tone="info">{t("unverifiedBlocks", { count: report.unverifiedBlocks })}</Callout>
      )}
      <Card title={t("rules")} isFlush>
        <RuleOutcomes rules={report.rules} />
      </Card>
      <Card title={t("updates")} isFlush>
        <FoundUpdates caption={t("updatesCaption")} updates={report.updates} />
      </Card>
      {report.ignored.length > 0 && <IgnoredFiles ignored={report.ignored} />}
    </div>
  );
}

function IgnoredFiles({ ignored }: Pick<Report, "ignored">) {
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
        <tbody>
          {ignored.map(({ path, reason }) => (
            <TableRow key={path}>
              <TableCell className="font-mono text-xs break-all">{path}</TableCell>
              <TableCell className="text-ink-muted">{reason}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
