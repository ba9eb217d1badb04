"use client";

import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout";
import { FailureList } from "#components/rules/failure-list";
import { toRuleName } from "#components/rules/rule-name";
import { DowngradeBadge, VersionChange } from "#components/rules/version";
import { SKIP_REASONS } from "#firmware/rules/apply-action";
import type { ReviewPreview } from "#firmware/rules/review-preview";
import { totalsOf } from "#firmware/rules/review-preview";

/** Further rules are only counted: a list of two thousand lines would not be read. */
const MAX_LISTED_RULES = 50;

type ReviewChangesProps = { readonly preview: ReviewPreview };

/** What an action would change: each rule, and the number of phones. */
export function ReviewChanges({ preview }: ReviewChangesProps) {
  const t = useTranslations("updates.review");
  const { changed, skipped, failed } = preview;
  const { changing, downgrading, downgradedRules, withdrawnRules } = totalsOf(preview);
  return (
    <>
      {changed.length === 0 && <Callout>{t("nothing")}</Callout>}
      {changed.length > 0 && (
        <div className="space-y-3">
          <ul
            // Focusable, so that it can be scrolled with the keyboard.
            tabIndex={0}
            aria-label={t("changes")}
            className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface"
          >
            {changed.slice(0, MAX_LISTED_RULES).map((rule) => (
              <ChangedRule key={rule.ruleId} rule={rule} />
            ))}
            {changed.length > MAX_LISTED_RULES && (
              <li className="px-3 py-2 text-xs text-ink-muted">
                {t("more", { count: changed.length - MAX_LISTED_RULES })}
              </li>
            )}
          </ul>
          <p className="text-[0.8125rem]">
            {t("affected", { count: changing })}{" "}
            {downgrading > 0 && t("affectedDowngrades", { count: downgrading })}
          </p>
        </div>
      )}
      {downgradedRules > 0 && (
        <Callout tone="warn">{t("downgrades", { count: downgradedRules })}</Callout>
      )}
      {withdrawnRules > 0 && (
        <Callout tone="warn">{t("withdrawn", { count: withdrawnRules })}</Callout>
      )}
      {skipped.length > 0 && (
        <ul className="space-y-1 text-[0.8125rem] text-ink-muted">
          {SKIP_REASONS.map((reason) => ({
            reason,
            count: skipped.filter((rule) => rule.reason === reason).length,
          }))
            .filter(({ count }) => count > 0)
            .map(({ reason, count }) => (
              <li key={reason}>{t(`skipped.${reason}`, { count })}</li>
            ))}
        </ul>
      )}
      {failed.length > 0 && (
        <Callout tone="bad" title={t("leftAlone", { count: failed.length })}>
          <FailureList failed={failed} />
        </Callout>
      )}
    </>
  );
}

function ChangedRule({ rule }: { readonly rule: ReviewPreview["changed"][number] }) {
  const t = useTranslations("updates.review");
  const { before, after, impact } = rule;
  return (
    <li className="space-y-1 px-3 py-2 text-[0.8125rem]">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{toRuleName(rule)}</span>
        <span className="text-xs text-ink-muted">{rule.poolFqdn}</span>
      </div>
      {after === null ? (
        <p className="text-ink-muted">{t("removed")}</p>
      ) : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {before.approvedVersion !== after.approvedVersion && (
            <>
              <dt className="text-ink-muted">{t("approved")}</dt>
              <dd className="flex flex-wrap items-center gap-2">
                <VersionChange from={before.approvedVersion} to={after.approvedVersion} />
                {rule.isDowngrade && <DowngradeBadge />}
              </dd>
            </>
          )}
          {before.pendingVersion !== after.pendingVersion && (
            <>
              <dt className="text-ink-muted">{t("pending")}</dt>
              <dd>
                <VersionChange from={before.pendingVersion} to={after.pendingVersion} />
              </dd>
            </>
          )}
        </dl>
      )}
      {impact.changing > 0 && (
        <p className="text-xs text-ink-muted">{t("phones", { count: impact.changing })}</p>
      )}
    </li>
  );
}
