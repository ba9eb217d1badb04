"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { ReactNode } from "react";
import { toast } from "#components/ui/toast";
import { attemptAction } from "#components/forms/attempt-action";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Alert } from "#components/ui/failure-callout";
import { TextField } from "#components/ui/text-field";
import { useFailureMessage } from "#components/ui/use-failure-text";
import { EventChanges } from "#components/rules/event-changes";
import type { ActionResult } from "#access/auth/action-result";
import type { RuleEvent } from "#firmware/rules/event";
import type { UndoReport } from "#firmware/rules/review";
import type { UndoReviewsInput } from "#firmware/rules/schema";

export type UndoReviews = (input: UndoReviewsInput) => Promise<ActionResult<UndoReport>>;

type UndoButtonProps = { readonly event: RuleEvent; readonly undoReviews: UndoReviews };

/** Undoes the last change of a rule, after showing the versions that it restores. */
export function UndoButton({ event, undoReviews }: UndoButtonProps) {
  const t = useTranslations("rule.history");
  const tReview = useTranslations("updates.review");
  const failureMessage = useFailureMessage();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<ReactNode>(null);
  const [isBusy, startWork] = useTransition();

  function undo() {
    setFailure(null);
    startWork(async () => {
      const result = await attemptAction(undoReviews, { eventIds: [event.id], reason });
      if (!result.ok) {
        setFailure(failureMessage(result));
      } else if (result.value.failed.length > 0) {
        setFailure(t("undoFailed"));
      } else {
        setIsOpen(false);
        toast.success(t("undone"));
      }
    });
  }

  return (
    <>
      <Button
        size="sm"
        onClick={() => {
          setFailure(null);
          setIsOpen(true);
        }}
      >
        <Icon name="undo-2" />
        {t("undo")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("undoTitle")}
        description={t("undoDescription")}
        confirmLabel={t("undo")}
        isBusy={isBusy}
        onConfirm={undo}
      >
        <EventChanges event={{ before: event.after, after: event.before }} />
        <TextField
          label={tReview("reason")}
          aside={tReview("optional")}
          value={reason}
          maxLength={1000}
          onChange={setReason}
        />
        {failure !== null && <Alert>{failure}</Alert>}
      </ConfirmDialog>
    </>
  );
}
