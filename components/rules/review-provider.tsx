"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import type { ReactNode } from "react";
import { toast } from "#components/ui/toast";
import type { Prepared, PreparedReview, ReviewIntent } from "#components/rules/fetch-preview";
import { ReviewContext } from "#components/rules/review-context";
import type { RulePermissions } from "#components/rules/review-context";
import type { ReviewAnswer, ReviewStep } from "#components/rules/review-dialog";
import { attemptAction } from "#components/forms/attempt-action";
import { loadLater } from "#components/ui/load-later";
import { useStartNavigation } from "#components/ui/navigation-progress";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { ReviewReport, UndoReport } from "#firmware/rules/review";
import type { ReviewInput, UndoReviewsInput } from "#firmware/rules/schema";

const ReviewDialog = loadLater(() =>
  import("#components/rules/review-dialog").then((module) => module.ReviewDialog),
);
const ReviewResult = loadLater(() =>
  import("#components/rules/review-result").then((module) => module.ReviewResult),
);

/** Loaded when a dialog opens, because reading the answer needs a large library. */
async function fetchPreview(intent: ReviewIntent): Promise<Prepared> {
  try {
    const module = await import("#components/rules/fetch-preview");
    return await module.fetchPreview(intent);
  } catch {
    return { ok: false, code: "unreachable" };
  }
}

const UNDO_SHOWN_MS = 20_000;

export type RuleActions = {
  readonly reviewRules: (input: ReviewInput) => Promise<ActionResult<ReviewReport>>;
  readonly undoReviews: (input: UndoReviewsInput) => Promise<ActionResult<UndoReport>>;
};

type ReviewProviderProps = {
  readonly actions: RuleActions;
  readonly permissions: RulePermissions;
  /** The page to open after the rule of this page was removed. */
  readonly pathAfterRemoval?: string;
  readonly children: ReactNode;
};

/** Holds the review dialog for all buttons below it: the preview, the result, and undo. */
export function ReviewProvider({
  actions,
  permissions,
  pathAfterRemoval,
  children,
}: ReviewProviderProps) {
  const router = useRouter();
  const startNavigation = useStartNavigation();
  const [intent, setIntent] = useState<ReviewIntent | null>(null);
  const [step, setStep] = useState<ReviewStep>({ kind: "loading" });
  const [report, setReport] = useState<ReviewReport | null>(null);
  const [isSending, startSending] = useTransition();
  const asked = useRef<{ readonly onDone: (() => void) | undefined } | null>(null);
  const tell = useToasts(actions.undoReviews);

  function ask(next: ReviewIntent, onDone?: () => void) {
    setIntent(next);
    preview(next, onDone);
  }

  function preview(next: ReviewIntent, onDone: (() => void) | undefined) {
    const question = { onDone };
    asked.current = question;
    setStep({ kind: "loading" });
    void fetchPreview(next).then((prepared) => {
      // The dialog may have been closed and opened for another action while the preview was loading.
      if (asked.current === question) {
        setStep(
          prepared.ok
            ? { kind: "ready", review: prepared.review }
            : { kind: "failed", code: prepared.code },
        );
      }
    });
  }

  function close() {
    asked.current = null;
    setIntent(null);
  }

  function confirm(
    { action, targetVersion }: ReviewIntent,
    review: PreparedReview,
    answer: ReviewAnswer,
  ) {
    setStep({ kind: "ready", review });
    startSending(async () => {
      const result = await attemptAction(actions.reviewRules, {
        action,
        targetVersion,
        rules: [...review.rules],
        ...answer,
      });
      if (!result.ok) {
        setStep({ kind: "refused", review, code: result.code });
        return;
      }
      const onDone = asked.current?.onDone;
      close();
      tell(action, result.value);
      setReport(result.value.failed.length > 0 ? result.value : null);
      onDone?.();
      if (
        action === "remove" &&
        result.value.changed.length > 0 &&
        pathAfterRemoval !== undefined
      ) {
        startNavigation(() => router.push(pathAfterRemoval));
      }
    });
  }

  return (
    <ReviewContext value={{ permissions, ask }}>
      {children}
      {intent !== null && (
        <ReviewDialog
          intent={intent}
          step={step}
          isSending={isSending}
          onRetry={() => preview(intent, asked.current?.onDone)}
          onClose={close}
          onConfirm={(review, answer) => confirm(intent, review, answer)}
        />
      )}
      {report !== null && <ReviewResult report={report} onClose={() => setReport(null)} />}
    </ReviewContext>
  );
}

/** Shows the result of an action as a toast that offers undo. */
function useToasts(undoReviews: RuleActions["undoReviews"]) {
  const t = useTranslations("updates.review");
  const failureMessage = useFailureMessage();

  async function undo(eventIds: string[]) {
    const result = await attemptAction(undoReviews, { eventIds, reason: "" });
    if (!result.ok) {
      toast.error(failureMessage(result));
      return;
    }
    const { undone, failed } = result.value;
    const show = failed.length > 0 ? toast.warning : toast.success;
    show(t("undone", { count: undone }), {
      ...(failed.length > 0 ? { description: t("undoFailed", { count: failed.length }) } : {}),
    });
  }

  return (action: ReviewIntent["action"], { changed, skipped, failed }: ReviewReport) => {
    const eventIds = changed.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));
    const show = failed.length > 0 ? toast.warning : toast.success;
    show(t(`done.${action}`, { count: changed.length }), {
      description: t("summary", {
        changed: changed.length,
        skipped: skipped.length,
        failed: failed.length,
      }),
      duration: UNDO_SHOWN_MS,
      ...(eventIds.length > 0
        ? { action: { label: t("undo"), onClick: () => void undo(eventIds) } }
        : {}),
    });
  };
}
