"use client";

import { createContext, use } from "react";
import type { ReviewIntent } from "#components/rules/fetch-preview";

/** What the signed-in person may do with rules; the use cases decide, this only hides what would fail. */
export type RulePermissions = {
  readonly mayReview: boolean;
  readonly mayRemove: boolean;
  readonly mayTest: boolean;
};

type ReviewControl = {
  readonly permissions: RulePermissions;
  /** Opens the dialog that shows what would change; `onDone` is called once something did. */
  readonly ask: (intent: ReviewIntent, onDone?: () => void) => void;
};

export const ReviewContext = createContext<ReviewControl | null>(null);

/** The way from a button to the dialog. Works below a `ReviewProvider`. */
export function useReview(): ReviewControl {
  const control = use(ReviewContext);
  if (control === null) {
    throw new Error("useReview needs a ReviewProvider above it");
  }
  return control;
}
