import type { FailureCode } from "#components/ui/use-failure-text";
import type { ErrorCode } from "#foundation/core/errors";
import { readProblem } from "#foundation/core/read-problem";
import type { RuleAction } from "#firmware/rules/model";
import type { ReviewPreview } from "#firmware/rules/review-preview";
import { matchingRules, reviewPreview } from "#firmware/rules/review-preview";
import type { ReviewRequest } from "#firmware/rules/schema";

export type SeenRule = { readonly ruleId: string; readonly generation: number };

/** An action and the rules it applies to, before it is confirmed. */
export type ReviewIntent = {
  readonly action: RuleAction;
  /** The rules, or a query for all matching rules on all pages. */
  readonly rules: readonly SeenRule[] | URLSearchParams;
  readonly count: number;
  /** For restore: the version to restore; null means the rule's restore version. */
  readonly targetVersion: string | null;
};

export type PreparedReview = {
  /** The rules with their generation at the time of the preview: a rule that changes later is not reviewed. */
  readonly rules: readonly SeenRule[];
  readonly preview: ReviewPreview;
};

export type Prepared =
  | { readonly ok: true; readonly review: PreparedReview }
  | { readonly ok: false; readonly code: FailureCode };

/** Asks the server what would change. Returns failures as values, because the dialog shows them. */
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
      // The preview includes withdrawals; the dialog asks the user to confirm them.
      mayWithdraw: true,
      // Likewise approvals of rejected versions.
      evenIfRejected: true,
    };
    const response = await fetch("/api/rules/review", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const preview = reviewPreview.parse(await readAnswer(response));
    return { ok: true, review: { rules, preview } };
  } catch (error) {
    return { ok: false, code: error instanceof RefusedError ? error.code : "unreachable" };
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
