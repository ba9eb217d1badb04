"use server";

import { revalidatePath } from "next/cache";
import type { ActionResult } from "#lib/auth/action-result";
import { runAction } from "#lib/auth/server/run-action";
import type { ReviewReport, UndoReport } from "#lib/rules/review";
import type { ReviewInput, UndoReviewsInput } from "#lib/rules/schema";
import { reviewInput, undoReviewsInput } from "#lib/rules/schema";
import { reviewRules } from "#lib/rules/server/review-rules";
import { createVersionMatch } from "#lib/rules/server/create-version-match";
import { revokeVersionMatch } from "#lib/rules/server/revoke-version-match";
import { undoReviews } from "#lib/rules/server/undo-reviews";
import type { VersionMatch } from "#lib/rules/version-match";
import type {
  CreateVersionMatchInput,
  RevokeVersionMatchInput,
} from "#lib/rules/version-match-schema";
import { createVersionMatchInput, revokeVersionMatchInput } from "#lib/rules/version-match-schema";

export async function reviewRulesAction(input: ReviewInput): Promise<ActionResult<ReviewReport>> {
  const result = await runAction(reviewInput, input, reviewRules);
  revalidatePath("/updates", "layout");
  return result;
}

export async function undoReviewsAction(
  input: UndoReviewsInput,
): Promise<ActionResult<UndoReport>> {
  const result = await runAction(undoReviewsInput, input, undoReviews);
  revalidatePath("/updates", "layout");
  return result;
}

export async function createVersionMatchAction(
  input: CreateVersionMatchInput,
): Promise<ActionResult<VersionMatch>> {
  const result = await runAction(createVersionMatchInput, input, createVersionMatch);
  revalidatePath("/updates", "layout");
  return result;
}

export async function revokeVersionMatchAction(
  input: RevokeVersionMatchInput,
): Promise<ActionResult<void>> {
  const result = await runAction(revokeVersionMatchInput, input, revokeVersionMatch);
  revalidatePath("/updates", "layout");
  return result;
}
