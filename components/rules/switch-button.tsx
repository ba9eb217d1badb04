"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { useReview } from "#components/rules/review-context";
import { compareVersions } from "#foundation/core/version";
import type { Rule } from "#firmware/rules/model";

type SwitchButtonProps = { readonly rule: Rule; readonly version: string };

/** Approves a version that was imported before. */
export function SwitchButton({ rule, version }: SwitchButtonProps) {
  const t = useTranslations("rule.releases");
  const { permissions, ask } = useReview();
  if (!permissions.mayReview) {
    return null;
  }
  const isForward =
    rule.approved === null || compareVersions(version, rule.approved.version) === "newer";
  return (
    <Button
      size="sm"
      onClick={() =>
        ask({
          action: "restore",
          rules: [{ ruleId: rule.id, generation: rule.generation }],
          count: 1,
          targetVersion: version,
        })
      }
    >
      {t(isForward ? "goTo" : "rollBackTo", { version })}
    </Button>
  );
}
