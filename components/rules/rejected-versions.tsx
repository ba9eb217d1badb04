"use client";

import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { RejectionNote } from "#components/rules/rejection";
import { toRuleName } from "#components/rules/rule-name";
import { Code } from "#components/ui/code";
import type { ReviewPreview } from "#firmware/rules/review-preview";

/** Further versions are only counted. */
const MAX_LISTED_REJECTIONS = 20;

type RejectedVersionsProps = {
  readonly preview: ReviewPreview;
  readonly isConfirmed: boolean;
  readonly onConfirm: (isConfirmed: boolean) => void;
};

/** The versions that an action would approve although they were rejected, and the question whether it may. */
export function RejectedVersions({ preview, isConfirmed, onConfirm }: RejectedVersionsProps) {
  const t = useTranslations("rejections");
  const tReview = useTranslations("updates.review");
  const rejected = preview.changed.flatMap(({ inSpiteOf, ...rule }) =>
    inSpiteOf === null ? [] : [{ rule, rejection: inSpiteOf }],
  );
  const more = rejected.length - MAX_LISTED_REJECTIONS;
  return (
    <Callout tone="warn" title={t("review.title", { count: rejected.length })}>
      <ul
        // Focusable, so that it can be scrolled with the keyboard.
        tabIndex={0}
        aria-label={t("badge")}
        className="max-h-40 space-y-1.5 overflow-y-auto"
      >
        {rejected.slice(0, MAX_LISTED_REJECTIONS).map(({ rule, rejection }) => (
          <li key={rule.ruleId}>
            <span className="font-medium">{toRuleName(rule)}</span> <Code>{rejection.version}</Code>
            <RejectionNote rejection={rejection} />
          </li>
        ))}
        {more > 0 && <li className="text-ink-muted">{tReview("more", { count: more })}</li>}
      </ul>
      <div className="mt-2.5">
        <CheckboxField
          label={t("review.consent", { count: rejected.length })}
          hint={t("review.consentHint", { others: preview.changed.length - rejected.length })}
          checked={isConfirmed}
          onChange={(event) => onConfirm(event.target.checked)}
        />
      </div>
    </Callout>
  );
}
