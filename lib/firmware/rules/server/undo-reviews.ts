import "server-only";

import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { log } from "#foundation/platform/log";
import type { FailedUndo, UndoReport } from "#firmware/rules/review";
import type { UndoReviewsInput } from "#firmware/rules/schema";
import { undoReview } from "#firmware/rules/server/undo-review";

/** Undoes an action on a selection. Each event is undone separately, so that a failure does not affect the others. */
export async function undoReviews(
  context: UseCaseContext,
  { eventIds, reason }: UndoReviewsInput,
): Promise<UndoReport> {
  requirePermission(context.actor, "rule:review");
  const failed: FailedUndo[] = [];
  for (const eventId of eventIds) {
    try {
      await undoReview(context, { eventId, reason });
    } catch (error) {
      failed.push(toFailedUndo(eventId, error));
    }
  }
  return { undone: eventIds.length - failed.length, failed };
}

/** Reports an AppError with its message. Logs any other error here, because the request continues. */
function toFailedUndo(eventId: string, error: unknown): FailedUndo {
  if (error instanceof AppError) {
    return { eventId, code: error.code, message: error.message };
  }
  log().error({ err: error, eventId }, "failed to undo a review");
  return { eventId, code: "defect", message: "Something went wrong with this rule." };
}
