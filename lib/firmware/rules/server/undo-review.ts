import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { ruleFact } from "#firmware/rules/audit-facts";
import type { RuleEvent } from "#firmware/rules/event";
import { isUndoable } from "#firmware/rules/event";
import type { Rule, RuleReleases } from "#firmware/rules/model";
import type { UndoInput } from "#firmware/rules/schema";
import { findEventWithRule, insertEvent, isLastEvent } from "#firmware/rules/server/event-store";
import { recordReviewNotice } from "#firmware/rules/server/record-review-notice";
import { recordRejections } from "#firmware/rules/server/record-rejections";
import { findReleaseIds } from "#firmware/rules/server/release-store";
import {
  insertRule,
  lockRule,
  lockRuleForImage,
  replaceReleases,
} from "#firmware/rules/server/store";

/**
 * Undoes the last decision about a rule. Throws `invalid_state` if the rule has changed since, or if its previous
 * releases no longer exist.
 */
export async function undoReview(
  context: UseCaseContext,
  { eventId, reason }: UndoInput,
): Promise<{ readonly ruleId: string }> {
  requirePermission(context.actor, "rule:review");
  return inTransaction(async (tx) => {
    const found = await findEventWithRule(tx, eventId);
    if (found === null) {
      throw new AppError("not_found", "There is no such event.");
    }
    if (found.event.verb === "removed") {
      requirePermission(context.actor, "rule:remove");
    }
    const rule = await lockRule(tx, found.event.ruleId);
    if (!isUndoable(found.event, rule) || !(await isLastEvent(tx, found.event))) {
      throw new AppError(
        "invalid_state",
        "This can no longer be undone, because the rule has changed since.",
      );
    }
    await requireReleases(tx, found.rule);
    await (rule === null
      ? insertRemovedRule(tx, found.rule)
      : restoreReleases(tx, rule, found.rule));
    await recordUndo(tx, context, { event: found.event, rule: rule ?? found.rule, reason });
    return { ruleId: found.event.ruleId };
  });
}

async function restoreReleases(tx: Db, rule: Rule, before: RuleReleases): Promise<void> {
  if (!(await replaceReleases(tx, rule, before))) {
    throw new AppError("conflict", "This rule has changed in the meantime.");
  }
}

async function insertRemovedRule(tx: Db, before: Rule): Promise<void> {
  const successor = await lockRuleForImage(tx, before);
  if (successor !== null) {
    throw new AppError("invalid_state", "A new rule for this phone has replaced it.");
  }
  await insertRule(tx, { ...before, generation: before.generation + 1 });
}

/** Throws if a release has been cleared since: a rule must not be restored without its content. */
async function requireReleases(
  tx: Db,
  { approved, pending, restore }: RuleReleases,
): Promise<void> {
  const ids = [approved, pending, restore].flatMap((ref) => (ref === null ? [] : [ref.releaseId]));
  const known = await findReleaseIds(tx, ids);
  if (ids.some((id) => !known.has(id))) {
    throw new AppError("invalid_state", "The files of the earlier version have been cleared.");
  }
}

async function recordUndo(
  tx: Db,
  context: UseCaseContext,
  undo: { readonly event: RuleEvent; readonly rule: Rule; readonly reason: string },
): Promise<void> {
  const { event, rule, reason } = undo;
  const change = { verb: "undone", before: event.after, after: event.before, reason } as const;
  const eventId = await insertEvent(tx, {
    ...change,
    rule,
    generation: event.generation + 1,
    actorName: context.actor.name,
    requestId: context.requestId,
    undoesId: event.id,
    at: context.now,
  });
  await recordRejections(tx, { ...change, eventId, rule, undone: event });
  await notify(tx, RULES_CHANNEL);
  await recordReviewNotice(tx, context, { rule, change });
  await recordAudit(tx, context, [ruleFact(rule, { ...change, inSpiteOf: null })]);
}
