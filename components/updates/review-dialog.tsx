"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Skeleton } from "#components/ui/skeleton";
import { useFailureText } from "#components/ui/use-failure-text";
import type { PreparedReview, ReviewIntent } from "#components/updates/fetch-preview";
import { ReviewChanges } from "#components/updates/review-changes";
import type { ErrorCode } from "#lib/core/errors";
import { totalsOf } from "#lib/rules/review-preview";
import { MOST_RULES_AT_ONCE } from "#lib/rules/schema";

export type ReviewStep =
  | { readonly kind: "loading" }
  /** It could not be found out what would change. */
  | { readonly kind: "failed"; readonly code: ErrorCode | "defect" }
  | { readonly kind: "ready"; readonly review: PreparedReview }
  /** Confirmed, but not even begun. */
  | {
      readonly kind: "refused";
      readonly review: PreparedReview;
      readonly code: ErrorCode | "defect";
    };

export type ReviewAnswer = { readonly reason: string; readonly mayWithdraw: boolean };

type ReviewDialogProps = {
  readonly intent: ReviewIntent;
  readonly step: ReviewStep;
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (review: PreparedReview, answer: ReviewAnswer) => void;
};

/** Asks before rules change, and shows what will: versions, downgrades, phones. */
export function ReviewDialog({ intent, step, isSending, onClose, onConfirm }: ReviewDialogProps) {
  const t = useTranslations("updates.review");
  const tActions = useTranslations("updates.actions");
  const failureText = useFailureText();
  const [reason, setReason] = useState("");
  const [isConsented, setIsConsented] = useState(false);
  const { action, count, targetVersion } = intent;
  const review = step.kind === "ready" || step.kind === "refused" ? step.review : null;
  const needsConsent = review !== null && totalsOf(review.preview).withdrawnRules > 0;

  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={t(`${action}.title`, { count: review?.rules.length ?? count })}
      description={
        action === "restore" && targetVersion !== null
          ? t("restore.descriptionTo", { version: targetVersion })
          : t(`${action}.description`)
      }
      confirmLabel={tActions(action)}
      isDangerous={action === "remove"}
      isBusy={isSending}
      isBlocked={
        review === null || review.preview.changed.length === 0 || (needsConsent && !isConsented)
      }
      onConfirm={() => {
        if (review !== null) {
          onConfirm(review, { reason, mayWithdraw: isConsented });
        }
      }}
    >
      {step.kind === "loading" && <Loading />}
      {step.kind === "failed" && (
        <Callout tone="bad" role="alert" title={t("notKnown")}>
          {failureText(step)}
        </Callout>
      )}
      {step.kind === "refused" && (
        <Callout tone="bad" role="alert">
          {failureText(step)}
        </Callout>
      )}
      {review !== null && (
        <>
          {count > MOST_RULES_AT_ONCE && (
            <Callout tone="warn">
              {t("tooMany", { most: MOST_RULES_AT_ONCE, total: count })}
            </Callout>
          )}
          <ReviewChanges preview={review.preview} />
          {needsConsent && (
            <CheckboxField
              label={t("consent")}
              checked={isConsented}
              onChange={(event) => setIsConsented(event.target.checked)}
            />
          )}
          {review.preview.changed.length > 0 && (
            <Field label={t("reason")} hint={t("reasonHint")} aside={t("optional")}>
              {(control) => (
                <Input
                  {...control}
                  value={reason}
                  maxLength={1000}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          )}
        </>
      )}
    </ConfirmDialog>
  );
}

function Loading() {
  const t = useTranslations("updates.review");
  return (
    <div aria-busy className="space-y-2">
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-16" />
    </div>
  );
}
