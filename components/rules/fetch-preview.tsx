import type { ErrorCode } from "#foundation/core/errors";
import { readProblem } from "#foundation/core/read-problem";
import type { RuleAction } from "#firmware/rules/model";
import type { ReviewPreview } from "#firmware/rules/review-preview";
import { matchingRules, reviewPreview } from "#firmware/rules/review-preview";
import type { ReviewRequest } from "#firmware/rules/schema";

export type SeenRule = { readonly ruleId: string; readonly generation: number };

/** What somebody wants to do to which rules. */
export type ReviewIntent = {
  readonly action: RuleAction;
  /** The rules themselves, or a query for all that match, on whatever page. */
  readonly rules: readonly SeenRule[] | URLSearchParams;
  readonly count: number;
  /** With restore: the version to go back to; null takes the restore version. */
  readonly targetVersion: string | null;
};

export type PreparedReview = {
  /** The rules as they were when the preview was made: the review is refused for those that change after it. */
  readonly rules: readonly SeenRule[];
  readonly preview: ReviewPreview;
};

export type Prepared =
  | { readonly ok: true; readonly review: PreparedReview }
  | { readonly ok: false; readonly code: ErrorCode | "defect" };

/** Asks the server what would change. Failures are values: the dialog shows them. */
export async function fetchPreview(intent: ReviewIntent): Promise<Prepared> {
  try {
    const rules = await findRules(intent.rules);
    if (rules.length === 0) {
      return { ok: true, review: { rules, preview: { changed: [], skipped: [], failed: [] } } };
    }
    const body: ReviewRequest = {
      whatIf: true,
      action: intent.action,
      rules: [...rules],
      targetVersion: intent.targetVersion,
      // Shown as what it would come to; the dialog asks before it is meant.
      mayWithdraw: true,
    };
    const response = await fetch("/api/rules/review", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const preview = reviewPreview.parse(await readAnswer(response));
    return { ok: true, review: { rules, preview } };
  } catch (error) {
    return { ok: false, code: error instanceof RefusedError ? error.code : "defect" };
  }
}

async function findRules(rules: ReviewIntent["rules"]): Promise<readonly SeenRule[]> {
  if (!(rules instanceof URLSearchParams)) {
    return rules;
  }
  const answer = matchingRules.parse(
    await readAnswer(await fetch(`/api/rules?${rules.toString()}`)),
  );
  return answer.rules.map(({ id, generation }) => ({ ruleId: id, generation }));
}

class RefusedError extends Error {
  readonly code: ErrorCode | "defect";

  constructor(code: ErrorCode | "defect") {
    super(code);
    this.code = code;
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (response.ok) {
    return body;
  }
  throw new RefusedError(readProblem(body)?.code ?? "defect");
}
