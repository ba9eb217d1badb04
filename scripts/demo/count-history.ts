import type { MarkedPhone } from "#fleet/devices/kind";
import type { PhoneGroup } from "#fleet/devices/phone-group";
import { progressLimits } from "#fleet/devices/progress-state";
import { hostKey } from "#foundation/core/host-name";
import { inTransaction } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import type { RuleTable } from "#phones/check/rule-table";
import { countFleet, totalsOf } from "#phones/statistics/count-fleet";
import type { FigureCount } from "#phones/statistics/model";
import { startOfMinute } from "#phones/statistics/ranges";
import { insertSample, replaceCounts } from "#phones/statistics/server/statistics-store";
import type { PhoneNow } from "./phone-life.ts";
import { IMAGE_NAME, UPDATE_TYPE } from "./plan.ts";
import type { PlannedPhone } from "./plan-fleet.ts";

export type LivingPhone = { readonly phone: PlannedPhone; readonly now: PhoneNow };

/**
 * Counts the pretended phones behind each figure at a time, by the rules of that time: what the worker would have
 * counted, had it run for 30 days.
 */
export function countLiving(
  phones: readonly LivingPhone[],
  { rules, atMs }: { readonly rules: RuleTable; readonly atMs: number },
): readonly FigureCount[] {
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  const times = { nextCheckSeconds: NEXT_CHECK_SECONDS, idleSeconds: INSTALL_IDLE_SECONDS };
  const silentBeforeMs = progressLimits(new Date(atMs), times).silentBefore.getTime();
  const groups = new Map<string, MutableGroup>();
  const notable: MarkedPhone[] = [];
  for (const { phone, now } of phones) {
    if (now.checks === 0 || now.isRetired) {
      continue;
    }
    const group = groupOf(groups, { phone, now, rules });
    const isSilent = now.lastSeenAt < silentBeforeMs;
    const isTroubled = now.trouble === "shown" || (now.trouble === "if_silent" && isSilent);
    group.phones += 1;
    group.silent += isSilent ? 1 : 0;
    group.inTrouble += isTroubled ? 1 : 0;
    if (phone.isTestPhone) {
      const { macAddress, serialNumber, address } = phone;
      notable.push({ ...group, id: macAddress, macAddress, serialNumber, address });
    }
  }
  return countFleet(rules, { groups: [...groups.values()], notable });
}

/** Stores the figures of a time, as the worker does. */
export async function storeCounts(atMs: number, counts: readonly FigureCount[]): Promise<void> {
  const at = startOfMinute(new Date(atMs));
  await inTransaction(async (tx) => {
    await insertSample(tx, { at, phones: totalsOf(counts) });
    await replaceCounts(tx, at, counts);
  });
}

type MutableGroup = Omit<PhoneGroup, "phones" | "silent" | "inTrouble"> & {
  phones: number;
  silent: number;
  inTrouble: number;
};

function groupOf(
  groups: Map<string, MutableGroup>,
  { phone, now, rules }: LivingPhone & { readonly rules: RuleTable },
): MutableGroup {
  const key = `${phone.pool.siteName}/${phone.kind.hardware.model}/${now.version}`;
  const known = groups.get(key);
  if (known !== undefined) {
    return known;
  }
  const { version } = now;
  const group = {
    poolId: rules.pools.get(hostKey(phone.pool.fqdn))?.pool.id ?? null,
    hardware: phone.kind.hardware,
    installed: [{ updateType: UPDATE_TYPE, fileName: IMAGE_NAME, version, timestamp: null }],
    version,
    phones: 0,
    silent: 0,
    inTrouble: 0,
  };
  groups.set(key, group);
  return group;
}
