"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { FailureList } from "#components/rules/failure-list";
import type { ReviewReport } from "#firmware/rules/review";

type ReviewResultProps = { readonly report: ReviewReport; readonly onClose: () => void };

/** Lists the rules that were not changed and the reasons. It stays open until the user closes it. */
export function ReviewResult({ report: { changed, skipped, failed }, onClose }: ReviewResultProps) {
  const t = useTranslations("updates.review");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t("resultTitle")}
      description={t("summary", {
        changed: changed.length,
        skipped: skipped.length,
        failed: failed.length,
      })}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <Callout tone="bad" role="alert" title={t("failed", { count: failed.length })}>
        <FailureList failed={failed} />
      </Callout>
    </Dialog>
  );
}
