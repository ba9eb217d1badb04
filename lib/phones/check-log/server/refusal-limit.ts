import "server-only";
import type { RefusalBudget } from "#phones/check-log/refusal-budget";
import { refusalBudget } from "#phones/check-log/refusal-budget";
import type { ArrivalCount } from "#fleet/devices/arrivals";
import type { Side } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";
import { recordArrivals } from "#fleet/devices/server/record-arrivals";
import { SharedLimit } from "#foundation/platform/db/shared-limit";
import { env } from "#foundation/platform/env";
import { toNetwork } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

const MAX_NETWORKS = 1_000;
const HOUR_SECONDS = 60 * 60;

/** Whether a refused check is recorded; if not, it is counted. */
export function shouldRecordRefusal(side: Side, address: string, now: Date): boolean {
  return budgetOf(side).take(toNetwork(address), now.getTime());
}

/**
 * Writes how many refused checks were not recorded since the last call, and how many were, so that the limit per hour is
 * one over all processes and hosts.
 */
export async function writeRefusalCounts(): Promise<void> {
  await Promise.all(SIDES.map(shareRecorded));
  const counts = SIDES.flatMap((side): readonly ArrivalCount[] =>
    budgetOf(side)
      .takeLeftOut()
      .map((one) => ({ ...one, kind: "refusal_left_out", side })),
  );
  await recordArrivals(counts);
}

async function shareRecorded(side: Side): Promise<void> {
  const budget = budgetOf(side);
  const { hour, count } = budget.takeRecorded();
  if (Number.isNaN(hour)) {
    return;
  }
  const shared = oncePerProcess(
    "recorded refusals of all",
    () =>
      new SharedLimit({
        name: "recorded refusals",
        points: Number.MAX_SAFE_INTEGER,
        durationSeconds: HOUR_SECONDS,
      }),
  );
  const ofAll = await shared.add(`${side} ${hour}`, count);
  if (ofAll !== null) {
    budget.learn({ hour, count: ofAll });
  }
}

function budgetOf(side: Side): RefusalBudget {
  return oncePerProcess(`refusal budget, ${side}`, () =>
    refusalBudget({
      perHour: env().MAX_REFUSED_CHECKS_PER_HOUR,
      perNetworkPerHour: env().MAX_REFUSED_CHECKS_PER_ADDRESS_PER_HOUR,
      maxNetworks: MAX_NETWORKS,
    }),
  );
}
