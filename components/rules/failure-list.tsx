"use client";

import { useTranslations } from "next-intl";
import { useFailureMessage } from "#components/ui/use-failure-text";
import { toRuleName } from "#components/rules/rule-name";
import type { FailedRule } from "#firmware/rules/review";

/** Codes with a more specific message for rules. */
const OWN_CODES = [
  "conflict",
  "defect",
  "forbidden",
  "invalid_state",
  "not_found",
  "rejected_version",
] as const;

type FailureListProps = { readonly failed: readonly FailedRule[] };

/** The rules that were not changed, each with the reason. */
export function FailureList({ failed }: FailureListProps) {
  const t = useTranslations("updates.review.failure");
  const failureMessage = useFailureMessage();
  const own = Object.fromEntries(OWN_CODES.map((code) => [code, t(code)] as const));
  return (
    <ul className="space-y-1.5">
      {failed.map((failure) => (
        <li key={failure.ruleId}>
          <span className="font-medium">
            {failure.label === null ? failure.ruleId : toRuleName(failure.label)}
          </span>
          <span className="block text-ink-muted">{failureMessage(failure, own)}</span>
        </li>
      ))}
    </ul>
  );
}
