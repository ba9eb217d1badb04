"use client";

import { useFormatter, useTranslations } from "next-intl";
import { FoundUpdates } from "#components/imports/found-updates";
import { IgnoredFiles } from "#components/imports/ignored-files";
import { RuleOutcomes } from "#components/imports/rule-outcomes";
import { ButtonLink } from "#components/ui/button-link";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { imageKey } from "#foundation/core/hardware";
import type { ImportReport as Report } from "#firmware/imports/model";

type ImportReportProps = { readonly report: Report };

/** The result of an import: its rules, the firmware it found, and the ignored files. */
export function ImportReport({ report }: ImportReportProps) {
  const t = useTranslations("imports.report");
  return (
    <div className="space-y-4">
      <ReportSummary rules={report.rules} />
      <RejectedNotice rules={report.rules} />
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

/** Says that versions of the package were rejected before. The rows below say which, by whom and why. */
function RejectedNotice({ rules }: Pick<Report, "rules">) {
  const t = useTranslations("rejections");
  const rejected = rules.flatMap(({ hardware, updateType, rejection }) =>
    rejection === null ? [] : [`${imageKey(hardware, updateType)} ${rejection.version}`],
  );
  return rejected.length === 0 ? null : (
    <Callout tone="warn" title={t("report", { count: new Set(rejected).size })}>
      {t("reportHint")}
    </Callout>
  );
}

const COUNTED = ["created", "pending", "repaired", "unchanged"] as const;

function ReportSummary({ rules }: Pick<Report, "rules">) {
  const t = useTranslations("imports.report");
  const format = useFormatter();
  const counts = COUNTED.map((outcome) => ({
    outcome,
    count: rules.filter((rule) => rule.outcome === outcome).length,
  })).filter(({ count }) => count > 0);
  if (rules.every(({ outcome }) => outcome === "unchanged")) {
    return (
      <Callout tone="info" role="status">
        {t("nothingChanged")}
      </Callout>
    );
  }
  return (
    <Callout
      tone="good"
      role="status"
      title={format.list(counts.map(({ outcome, count }) => t(`counts.${outcome}`, { count })))}
    >
      <ButtonLink href="/updates/pending" variant="link" size="inline">
        {t("viewPending")}
      </ButtonLink>
    </Callout>
  );
}
