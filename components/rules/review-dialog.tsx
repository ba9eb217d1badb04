"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { FailureCallout } from "#components/ui/failure-callout";
import { Skeleton } from "#components/ui/skeleton";
import { TextField } from "#components/ui/text-field";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { FailureCode } from "#components/ui/use-failure-text";
import type { PreparedReview, ReviewIntent } from "#components/rules/fetch-preview";
import { RejectedVersions } from "#components/rules/rejected-versions";
import { ReviewChanges } from "#components/rules/review-changes";
import type { ReviewPreview } from "#firmware/rules/review-preview";
import { totalsOf } from "#firmware/rules/review-preview";
import { MAX_RULES_PER_ACTION } from "#firmware/rules/model";

export type ReviewStep =
  | { readonly kind: "loading" }
  /** The preview failed. */
  | { readonly kind: "failed"; readonly code: FailureCode }
  | { readonly kind: "ready"; readonly review: PreparedReview }
  /** The user confirmed, but the review was refused as a whole. */
  | {
      readonly kind: "refused";
      readonly review: PreparedReview;
      readonly code: FailureCode;
    };

export type ReviewAnswer = {
  readonly reason: string;
  readonly mayWithdraw: boolean;
  readonly evenIfRejected: boolean;
};

const NO_ANSWER: ReviewAnswer = { reason: "", mayWithdraw: false, evenIfRejected: false };

type ReviewDialogProps = {
  readonly intent: ReviewIntent;
  readonly step: ReviewStep;
  readonly isSending: boolean;
  /** Asks for the preview again. */
  readonly onRetry: () => void;
  readonly onClose: () => void;
  readonly onConfirm: (review: PreparedReview, answer: ReviewAnswer) => void;
};

/** Asks before rules change, and shows the changed versions, downgrades and number of phones. */
export function ReviewDialog({
  intent,
  step,
  isSending,
  onRetry,
  onClose,
  onConfirm,
}: ReviewDialogProps) {
  const t = useTranslations("updates.review");
  const tActions = useTranslations("updates.actions");
  const [answer, setAnswer] = useState(NO_ANSWER);
  const { action, count, targetVersion } = intent;
  const review = "review" in step ? step.review : null;
  const description =
    action === "restore" && targetVersion !== null
      ? t("restore.descriptionTo", { version: targetVersion })
      : t(`${action}.description`);

  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={t(`${action}.title`, { count: review?.rules.length ?? count })}
      description={description}
      confirmLabel={tActions(action)}
      isDangerous={action === "remove"}
      isBusy={isSending}
      isBlocked={review === null || !isAnswered(review.preview, answer)}
      onConfirm={() => {
        if (review !== null) {
          onConfirm(review, answer);
        }
      }}
    >
      <StepNote step={step} onRetry={onRetry} />
      {count > MAX_RULES_PER_ACTION && (
        <Callout tone="warn">{t("tooMany", { most: MAX_RULES_PER_ACTION, total: count })}</Callout>
      )}
      {review !== null && <ReviewChanges preview={review.preview} />}
      {review !== null && (
        <AnswerFields preview={review.preview} answer={answer} onChange={setAnswer} />
      )}
    </ConfirmDialog>
  );
}

/** Whether something would change with this answer, and withdrawals are confirmed. */
function isAnswered(preview: ReviewPreview, answer: ReviewAnswer): boolean {
  const { withdrawnRules, rejectedRules } = totalsOf(preview);
  const changed = preview.changed.length - (answer.evenIfRejected ? 0 : rejectedRules);
  return changed > 0 && (answer.mayWithdraw || withdrawnRules === 0);
}

type AnswerFieldsProps = {
  readonly preview: ReviewPreview;
  readonly answer: ReviewAnswer;
  readonly onChange: (answer: ReviewAnswer) => void;
};

function AnswerFields({ preview, answer, onChange }: AnswerFieldsProps) {
  const t = useTranslations("updates.review");
  if (preview.changed.length === 0) {
    return null;
  }
  const { withdrawnRules, rejectedRules } = totalsOf(preview);
  return (
    <>
      {rejectedRules > 0 && (
        <RejectedVersions
          preview={preview}
          isConfirmed={answer.evenIfRejected}
          onConfirm={(evenIfRejected) => onChange({ ...answer, evenIfRejected })}
        />
      )}
      {withdrawnRules > 0 && (
        <CheckboxField
          label={t("consent")}
          checked={answer.mayWithdraw}
          onChange={(event) => onChange({ ...answer, mayWithdraw: event.target.checked })}
        />
      )}
      <TextField
        label={t("reason")}
        hint={t("reasonHint")}
        aside={t("optional")}
        value={answer.reason}
        maxLength={1000}
        onChange={(text) => onChange({ ...answer, reason: text })}
      />
    </>
  );
}

/** Explains why there is nothing to confirm yet, or why the review failed. */
function StepNote({ step, onRetry }: Pick<ReviewDialogProps, "step" | "onRetry">) {
  const t = useTranslations("updates.review");
  const common = useTranslations("common");
  const failureMessage = useFailureMessage();
  switch (step.kind) {
    case "loading":
      return <Loading />;
    case "failed":
      return (
        <Callout
          tone="bad"
          role="alert"
          title={t("notKnown")}
          actions={
            <Button size="sm" onClick={onRetry}>
              {common("retry")}
            </Button>
          }
        >
          {failureMessage(step)}
        </Callout>
      );
    case "refused":
      return <FailureCallout failure={step} />;
    case "ready":
      return null;
  }
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
