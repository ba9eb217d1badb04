import "server-only";
import type { RefusalBudget } from "#phones/check-log/refusal-budget";
import { refusalBudget } from "#phones/check-log/refusal-budget";
import type { ArrivalCount } from "#fleet/devices/arrivals";
import type { Side } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";
import { recordArrivals } from "#fleet/devices/server/record-arrivals";
import { env } from "#foundation/platform/env";
import { toNetwork } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

const MAX_NETWORKS = 1_000;

/** Whether a refused check is recorded; if not, it is counted. */
export function shouldRecordRefusal(side: Side, address: string, now: Date): boolean {
  return budgetOf(side).take(toNetwork(address), now.getTime());
}

/** Writes how many refused checks were not recorded since the last call. */
export async function writeLeftOutRefusals(): Promise<void> {
  const counts = SIDES.flatMap((side): readonly ArrivalCount[] =>
    budgetOf(side)
      .takeLeftOut()
      .map((one) => ({ ...one, kind: "refusal_left_out", side })),
  );
  await recordArrivals(counts);
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
