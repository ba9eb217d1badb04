import "server-only";
import { toHardware } from "#foundation/core/hardware";
import type { Db } from "#foundation/platform/db/client";
import type { RuleReleases, RuleVerb, Rule } from "#firmware/rules/model";
import { toVersions } from "#firmware/rules/review";
import { rollOutKind } from "#firmware/rules/roll-out-kind";

const NOTHING: RuleReleases = { approved: null, pending: null, restore: null };

/** What a roll-out keeps of the event that opens it. */
export type OpeningEvent = {
  readonly rule: Rule;
  readonly verb: RuleVerb;
  readonly before: RuleReleases | null;
  readonly after: RuleReleases | null;
  readonly actorName: string;
  readonly reason: string;
  readonly requestId: string;
  readonly at: Date;
};

/**
 * Opens the roll-out of an event that changes the approved version, in the transaction of the change, and ends the one
 * that was under way. Its target is counted after the commit (lib/phones/roll-outs): the phones belong to a higher wing.
 */
export async function openRollOut(tx: Db, eventId: bigint, event: OpeningEvent): Promise<void> {
  const kind = rollOutKind(event);
  if (kind === null) {
    return;
  }
  const { rule, at } = event;
  const from = toVersions(event.before ?? NOTHING);
  const to = toVersions(event.after ?? NOTHING);
  await tx.rollOut.updateMany({
    where: { ruleId: rule.id, endedAt: null },
    data: { endedAt: at, endReason: "superseded" },
  });
  const previous = await tx.rollOut.findFirst({
    where: { ruleId: rule.id },
    orderBy: { eventId: "desc" },
    select: { id: true },
  });
  await tx.rollOut.create({
    data: {
      ruleId: rule.id,
      poolId: rule.poolId,
      eventId,
      kind,
      requestId: event.requestId,
      poolFqdn: rule.poolFqdn,
      ...toHardware(rule.hardware),
      updateType: rule.updateType,
      fromVersion: from.approvedVersion,
      toVersion: to.approvedVersion,
      pendingBefore: from.pendingVersion,
      pendingAfter: to.pendingVersion,
      reason: event.reason,
      startedBy: event.actorName,
      startedAt: at,
      previousId: previous?.id ?? null,
    },
    select: { id: true },
  });
}
