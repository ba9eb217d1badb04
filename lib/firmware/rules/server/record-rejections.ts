import "server-only";

import { imageKey } from "#foundation/core/hardware";
import type { Db } from "#foundation/platform/db/client";
import { findRejectedVersion } from "#firmware/rules/find-rejected-version";
import type { Rule, RuleReleases, RuleVerb } from "#firmware/rules/model";
import {
  endRejections,
  endUndoneRejection,
  insertRejection,
} from "#firmware/rules/server/rejection-store";

type RecordedChange = {
  readonly eventId: string;
  readonly rule: Pick<Rule, "hardware" | "updateType">;
  readonly verb: RuleVerb;
  readonly before: RuleReleases | null;
  readonly after: RuleReleases | null;
  /** The undone event; null if the event undoes none. */
  readonly undone: { readonly id: string; readonly verb: RuleVerb } | null;
};

/** Marks the version that a change rejected, and ends the marks of the version that it approved. */
export async function recordRejections(tx: Db, change: RecordedChange): Promise<void> {
  const { eventId, rule, undone } = change;
  const image = { eventId, imageKey: imageKey(rule.hardware, rule.updateType) };
  const approved = findApprovedVersion(change);
  const rejected = findRejectedVersion({ ...change, undoneVerb: undone?.verb ?? null });
  if (undone !== null) {
    await endUndoneRejection(tx, { eventId, undoesId: undone.id });
  } else if (approved !== null) {
    await endRejections(tx, { ...image, version: approved });
  }
  if (rejected !== null) {
    await insertRejection(tx, { ...image, version: rejected });
  }
}

/** The version that became approved; null if the approved version is as before. */
function findApprovedVersion({ before, after }: RecordedChange): string | null {
  const approved = after?.approved?.version ?? null;
  return approved === before?.approved?.version ? null : approved;
}
