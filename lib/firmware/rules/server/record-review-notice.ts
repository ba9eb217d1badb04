import "server-only";
import type { Rule } from "#firmware/rules/model";
import type { RuleChange } from "#firmware/rules/review-notice";
import { toReviewNotice } from "#firmware/rules/review-notice";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { addToNotice } from "#foundation/notices/server/record-notice";
import type { Db } from "#foundation/platform/db/client";

/** Records a decision for people who are told about it. All rules of one request become one notice. */
export async function recordReviewNotice(
  tx: Db,
  { actor, now, requestId }: UseCaseContext,
  { rule, change }: { readonly rule: Rule; readonly change: RuleChange },
): Promise<void> {
  const content = toReviewNotice(rule, change, actor.name);
  if (content !== null) {
    const key = `${content.kind} ${requestId}`;
    await addToNotice(tx, { ...content, key, at: now, actorId: actor.id });
  }
}
