import "server-only";
import { listContentWithoutKind, listPhonesByMark } from "#fleet/devices/server/read-inventory";
import {
  countRollOutPhonesUnchecked,
  keepRollOutPhonesUnchecked,
  listKindsOf,
  settleRollOutPhonesUnchecked,
} from "#fleet/devices/server/roll-out-phones";
import type { RollOutCounts, RollOutScope, RollOutSiteCounts } from "#fleet/devices/roll-out-state";
import { hardwareKey } from "#foundation/core/hardware";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { notifyLive } from "#foundation/platform/db/listen";
import { env } from "#foundation/platform/env";
import type { RuleTable } from "#phones/check/rule-table";
import { notableMarks } from "#phones/inventory/judge-phone";
import { toRollOutScope } from "#phones/inventory/roll-out-scope";
import { decideEnd, hasMoved } from "#phones/roll-outs/decide-end";
import type { RollOut, RollOutSample } from "#phones/roll-outs/model";
import type { RuleFleet } from "#phones/roll-outs/moved-phones";
import { selectMovedPhones } from "#phones/roll-outs/moved-phones";
import { applyBrake } from "#phones/roll-outs/server/apply-brake";
import { findLastSamples, insertSample } from "#phones/roll-outs/server/sample-store";
import { findSiteCounts, replaceSiteCounts } from "#phones/roll-outs/server/site-count-store";
import { endRollOut, markSettled, storeMoved, storeTarget } from "#phones/roll-outs/server/store";

/** A sample is written at least this often, so that a chart shows that nothing changed. */
const MAX_SAMPLE_PAUSE_MS = 60 * 60 * 1000;
const TRANSACTION_TIMEOUT_MS = 2 * 60 * 1000;

/** Counts the phones of one roll-out, stores the numbers, and ends the roll-out if it is over. */
export async function advanceRollOut(
  context: UseCaseContext,
  rules: RuleTable,
  rollOut: RollOut,
): Promise<void> {
  const { now } = context;
  const { toVersion } = rollOut;
  if (toVersion === null) {
    await inTransaction((tx) => endWithoutPhones(tx, rollOut, now));
    return;
  }
  await inTransaction(
    async (tx) => {
      const key = hardwareKey(rollOut.hardware);
      const kinds = await listKindsOf(context, key);
      const scope = toRollOutScope(
        rules,
        { ...rollOut, rollOutId: rollOut.id, version: toVersion, isSettled: false },
        kinds,
      );
      const target =
        rollOut.target ?? (await keepTarget(tx, { context, rules, rollOut, scope, kinds }));
      const { counts, sites } = await countRollOutPhonesUnchecked(tx, scope, now);
      const movedAt = await keepSample(tx, rollOut, { ...counts, at: now });
      await keepSiteCounts(tx, rollOut.id, sites);
      const isHalted = await applyBrake(tx, context, { rollOut, scope });
      await settleIfOver(tx, { rollOut, scope, target, counts, movedAt, isHalted, now });
    },
    { timeoutMs: TRANSACTION_TIMEOUT_MS },
  );
}

/** A withdrawn version is offered to no phone. */
async function endWithoutPhones(tx: Db, { id }: RollOut, now: Date): Promise<void> {
  await storeTarget(tx, id, 0);
  await endRollOut(tx, id, { at: now, reason: "nothing_to_move" });
  await markSettled(tx, id, now);
}

type Opening = {
  readonly context: UseCaseContext;
  readonly rules: RuleTable;
  readonly rollOut: RollOut;
  readonly scope: RollOutScope;
  readonly kinds: RuleFleet["kinds"];
};

async function keepTarget(
  tx: Db,
  { context, rules, rollOut, scope, kinds }: Opening,
): Promise<number> {
  const [contents, notable] = await Promise.all([
    listContentWithoutKind(context, [scope.hardwareKey]),
    listPhonesByMark(context, { ...notableMarks(rules), deviceKeys: [] }),
  ]);
  const selection = selectMovedPhones(rules, rollOut, { kinds, contents, notable });
  const target = await keepRollOutPhonesUnchecked(tx, scope, selection);
  await storeTarget(tx, rollOut.id, target);
  return target;
}

/** Writes the sample if it says something new; returns when a phone last did something. */
async function keepSample(tx: Db, rollOut: RollOut, sample: RollOutSample): Promise<Date> {
  const last = (await findLastSamples(tx, [rollOut.id])).get(rollOut.id);
  if (last === undefined || isWorthKeeping(last, sample)) {
    await insertSample(tx, rollOut.id, sample);
    await notifyLive(tx, "rollOuts");
  }
  if (last === undefined || hasMoved(last, sample)) {
    await storeMoved(tx, rollOut.id, sample.at);
    return sample.at;
  }
  return rollOut.movedAt ?? rollOut.startedAt;
}

/** Writes the numbers by site if one of them changed, also because phones went to another site. */
async function keepSiteCounts(
  tx: Db,
  rollOutId: string,
  sites: readonly RollOutSiteCounts[],
): Promise<void> {
  const stored = (await findSiteCounts(tx, [rollOutId])).get(rollOutId) ?? [];
  if (toComparable(stored) !== toComparable(sites)) {
    await replaceSiteCounts(tx, rollOutId, sites);
    await notifyLive(tx, "rollOuts");
  }
}

function toComparable(sites: readonly RollOutSiteCounts[]): string {
  const lines = sites.map(({ siteName, ...counts }) => [siteName ?? "", toSorted(counts)]);
  return JSON.stringify(lines.map((line) => JSON.stringify(line)).toSorted());
}

function isWorthKeeping(last: RollOutSample, next: RollOutSample): boolean {
  const { at, ...counts } = next;
  return (
    at.getTime() - last.at.getTime() >= MAX_SAMPLE_PAUSE_MS ||
    JSON.stringify(toSorted(counts)) !== JSON.stringify(toSorted(last))
  );
}

function toSorted({ at: _, ...counts }: Partial<RollOutSample>): readonly unknown[] {
  return Object.entries(counts).toSorted(([left], [right]) => left.localeCompare(right));
}

type Advanced = {
  readonly rollOut: RollOut;
  readonly scope: RollOutScope;
  readonly target: number;
  readonly counts: RollOutCounts;
  readonly movedAt: Date;
  readonly isHalted: boolean;
  readonly now: Date;
};

/** Also stores the states of the phones of a roll-out that another decision ended. */
async function settleIfOver(tx: Db, { rollOut, scope, now, ...state }: Advanced): Promise<void> {
  const { id, endedAt } = rollOut;
  if (endedAt === null) {
    const reason = decideEnd(state, { now, nextCheckSeconds: env().NEXT_CHECK_SECONDS });
    if (reason === null || !(await endRollOut(tx, id, { at: now, reason }))) {
      return;
    }
  }
  await settleRollOutPhonesUnchecked(tx, scope, now);
  await markSettled(tx, id, now);
}
