import { DAY_MS } from "#foundation/core/time";
import { db } from "#foundation/platform/db/client";
import { ensureCheckDays } from "#phones/check-log/server/record-store";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { watchRollOuts } from "#phones/roll-outs/server/watch-roll-outs";
import type { FigureCount } from "#phones/statistics/model";
import type { LivingPhone } from "./count-history.ts";
import { countLiving, storeCounts } from "./count-history.ts";
import { createPools, decide } from "./decide.ts";
import type { LifeEvents } from "./phone-life.ts";
import { liveOn, newPhone } from "./phone-life.ts";
import { HISTORY_DAYS } from "./plan.ts";
import type { PlannedPhone } from "./plan-fleet.ts";
import { analyze, endRecording, record, storeHours } from "./record.ts";
import type { Step } from "./schedule.ts";
import { NEXT_APPROVED_DAYS_AGO, planSteps } from "./schedule.ts";

/** Checks of all phones are recorded for so many days, and from a day before an approval on. */
const RECORDED_DAYS = 2;
/** Fewer are written together with those of the next step. */
const MANY_CHECKS = 5_000;
const TEST_PHONE_DAYS = 7;

export type PlayedHistory = {
  readonly phones: readonly LivingPhone[];
  readonly endedAt: Date;
  /** The figures at the end. */
  readonly counts: readonly FigureCount[];
};

/**
 * Plays 30 days of a pretended fleet, step by step: decisions by the use cases that the panel calls; checks judged by
 * `judgeCheck` and written by the recorder; roll-outs counted, halted and ended by the worker's task. Only the figures
 * of past times are counted in memory, with the function of the worker, because most checks are not recorded.
 */
export async function playHistory(
  fleet: readonly PlannedPhone[],
  { endMs, onProgress }: { readonly endMs: number; readonly onProgress: (done: number) => void },
): Promise<PlayedHistory> {
  const phones = fleet.map((phone) => ({
    phone,
    now: newPhone(phone, endMs),
    recordedSinceMs: recordedSince(phone, endMs),
  }));
  const events: LifeEvents = { checks: [], downloads: [], hours: new Map() };
  const steps = planSteps();
  let counts: readonly FigureCount[] = [];
  await ensureCheckDays(db, daysBefore(endMs, HISTORY_DAYS + 1), new Date(endMs));
  await createPools(daysBefore(endMs, HISTORY_DAYS + 1).getTime());
  for (const [index, step] of steps.entries()) {
    counts = await playStep(phones, { step, endMs, events });
    onProgress((index + 1) / steps.length);
  }
  await record(events);
  await storeHours(events.hours);
  await endRecording();
  return { phones, endedAt: new Date(endMs), counts };
}

type Playing = {
  readonly step: Step;
  readonly endMs: number;
  readonly events: LifeEvents;
};

type PlayedPhone = LivingPhone & {
  /** All checks since this time are recorded. */
  readonly recordedSinceMs: number;
};

async function playStep(
  phones: readonly PlayedPhone[],
  { step, endMs, events }: Playing,
): Promise<readonly FigureCount[]> {
  const atMs = daysBefore(endMs, step.daysAgo).getTime();
  const before = await presentRuleTable(new Date(atMs));
  const window = { rules: before, untilMs: atMs, endMs };
  for (const { phone, now, recordedSinceMs } of phones) {
    liveOn(phone, now, { window: { ...window, recordedSinceMs }, events });
  }
  if (step.isWatched || step.decisions.length > 0 || events.checks.length >= MANY_CHECKS) {
    await record(events);
  }
  if (step.decisions.some(({ kind }) => kind === "approve")) {
    await analyze();
  }
  const fleet = phones.map(({ phone }) => phone);
  for (const decision of step.decisions) {
    await decide(decision, { atMs, fleet });
    phones.forEach(({ phone, now }) => {
      now.isRetired ||= decision.kind === "retire" && phone.life === "retired";
    });
  }
  if (step.isWatched) {
    await watchRollOuts(new Date(atMs));
  }
  const rules = await presentRuleTable(new Date(atMs));
  const counts = countLiving(phones, { rules, atMs });
  if (step.daysAgo < HISTORY_DAYS - 1) {
    await storeCounts(atMs, counts);
  }
  return counts;
}

function recordedSince({ pool, isTestPhone }: PlannedPhone, endMs: number): number {
  const approved = NEXT_APPROVED_DAYS_AGO[pool.siteName] ?? 0;
  const days = isTestPhone ? TEST_PHONE_DAYS : Math.max(RECORDED_DAYS, approved + 1);
  return daysBefore(endMs, days).getTime();
}

function daysBefore(endMs: number, days: number): Date {
  return new Date(endMs - days * DAY_MS);
}
