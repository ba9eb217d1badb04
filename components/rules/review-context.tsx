"use client";

import { createContext, use } from "react";
import type { ReviewIntent } from "#components/rules/fetch-preview";

/** What the user may do with rules. This only hides actions that would fail; the use cases authorise. */
export type RulePermissions = {
  readonly mayReview: boolean;
  readonly mayRemove: boolean;
  readonly mayTest: boolean;
};

type ReviewControl = {
  readonly permissions: RulePermissions;
  /** Opens the dialog that shows what would change. `onDone` is called after a change. */
  readonly ask: (intent: ReviewIntent, onDone?: () => void) => void;
};

export const ReviewContext = createContext<ReviewControl | null>(null);

/** Gives buttons access to the review dialog. Needs a `ReviewProvider` above. */
export function useReview(): ReviewControl {
  const control = use(ReviewContext);
  if (control === null) {
    throw new Error("useReview needs a ReviewProvider above it");
  }
  return control;
}
