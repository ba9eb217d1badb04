"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { RejectionBadge, RejectionNote } from "#components/rules/rejection";
import { PhoneName } from "#components/imports/phone-name";
import { Badge } from "#components/ui/badge";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { ImportReport } from "#firmware/imports/model";

type RuleOutcomesProps = Pick<ImportReport, "rules">;
type Outcome = ImportReport["rules"][number];

const TONES = {
  created: "good",
  pending: "accent",
  repaired: "good",
  unchanged: "neutral",
} as const;

export function RuleOutcomes({ rules }: RuleOutcomesProps) {
  const t = useTranslations("imports");
  return (
    <Table caption={t("report.rulesCaption")}>
      <thead>
        <tr>
          <TableHead>{t("columns.phone")}</TableHead>
          <TableHead className="max-sm:hidden">{t("columns.version")}</TableHead>
          <TableHead>{t("columns.outcome")}</TableHead>
          <TableHead className="max-sm:hidden">{t("columns.updateType")}</TableHead>
          <TableHead className="max-sm:hidden">{t("columns.pool")}</TableHead>
        </tr>
      </thead>
      <tbody className="border-t border-line">
        {rules.map((rule) => (
          <TableRow key={`${rule.poolFqdn} ${rule.ruleId ?? ""} ${rule.updateType}`}>
            <TableCell>
              <PhoneName
                hardware={rule.hardware}
                {...(rule.ruleId === null ? {} : { href: `/updates/${rule.ruleId}` })}
              />
              <span className="block text-xs sm:hidden">
                {rule.updateType} {rule.version}
                <span className="block text-ink-muted">{rule.poolFqdn}</span>
              </span>
            </TableCell>
            <TableCell className="max-sm:hidden">{rule.version}</TableCell>
            <TableCell>
              <OutcomeNotes rule={rule} />
            </TableCell>
            <TableCell className="max-sm:hidden">{rule.updateType}</TableCell>
            <TableCell className="max-sm:hidden">{rule.poolFqdn}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

/** The outcome as one word, and warnings that matter for the approval. */
function OutcomeNotes({ rule }: { readonly rule: Outcome }) {
  const t = useTranslations("imports");
  const { outcome, because, replacedVersion, approvedVersion, isDowngrade, rejection } = rule;
  return (
    <div className="space-y-1">
      <div className="flex flex-wrap gap-1.5">
        <Badge tone={TONES[outcome]}>{t(`outcomes.${outcome}`)}</Badge>
        {isDowngrade && (
          <Badge tone="warn" icon={<Icon name="corner-left-down" />}>
            {t("report.downgrade")}
          </Badge>
        )}
        {rejection !== null && <RejectionBadge />}
      </div>
      <div className="text-xs text-ink-muted">
        {rejection !== null && <RejectionNote rejection={rejection} />}
        {because !== null && (
          <p>{because === "approved" ? t("report.alreadyApproved") : t("report.alreadyPending")}</p>
        )}
        {replacedVersion !== null && <p>{t("report.replaced", { version: replacedVersion })}</p>}
        {outcome === "repaired" && <p>{t("report.repairedFiles")}</p>}
        {because === null && approvedVersion !== null && (
          <p>{t("report.approvedStays", { version: approvedVersion })}</p>
        )}
      </div>
    </div>
  );
}
