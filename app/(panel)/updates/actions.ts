"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { ReviewReport, UndoReport } from "#firmware/rules/review";
import type { ReviewInput, UndoReviewsInput } from "#firmware/rules/schema";
import { reviewInput, undoReviewsInput } from "#firmware/rules/schema";
import { reviewRules } from "#firmware/rules/server/review-rules";
import { createVersionMatch } from "#firmware/rules/server/create-version-match";
import { revokeVersionMatch } from "#firmware/rules/server/revoke-version-match";
import { undoReviews } from "#firmware/rules/server/undo-reviews";
import type { VersionMatch } from "#firmware/rules/version-match";
import type {
  CreateVersionMatchInput,
  RevokeVersionMatchInput,
} from "#firmware/rules/version-match-schema";
import {
  createVersionMatchInput,
  revokeVersionMatchInput,
} from "#firmware/rules/version-match-schema";

export async function reviewRulesAction(input: ReviewInput): Promise<ActionResult<ReviewReport>> {
  const result = await runAction(reviewInput, input, reviewRules);
  reloadAfter(result, "/updates", "layout");
  return result;
}

export async function undoReviewsAction(
  input: UndoReviewsInput,
): Promise<ActionResult<UndoReport>> {
  const result = await runAction(undoReviewsInput, input, undoReviews);
  reloadAfter(result, "/updates", "layout");
  return result;
}

export async function createVersionMatchAction(
  input: CreateVersionMatchInput,
): Promise<ActionResult<VersionMatch>> {
  const result = await runAction(createVersionMatchInput, input, createVersionMatch);
  reloadAfter(result, "/updates", "layout");
  return result;
}

export async function revokeVersionMatchAction(
  input: RevokeVersionMatchInput,
): Promise<ActionResult<void>> {
  const result = await runAction(revokeVersionMatchInput, input, revokeVersionMatch);
  reloadAfter(result, "/updates", "layout");
  return result;
}
