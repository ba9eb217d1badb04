import "server-only";
import { DAY_MS } from "#foundation/core/time";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import { db, inTransaction } from "#foundation/platform/db/client";
import { tryTransactionLock } from "#foundation/platform/db/try-transaction-lock";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { readSettingUnchecked } from "#foundation/settings/server/change-setting";
import { MAX_PHONES_PER_ACTION } from "#fleet/devices/retirement";
import { RETIRE_BY_AGE_SETTING, isTooManyByAge } from "#fleet/devices/retire-by-age";
import { toRetireByAge } from "#fleet/devices/server/find-retire-by-age";
import { retireWithinUnchecked } from "#fleet/devices/server/retire-phones";
import { countSilent, findSilent, lockSilent } from "#fleet/devices/server/silent-store";

/** A phone must miss this many check intervals before it is retired, even if the setting is shorter. */
const INTERVALS_OF_SILENCE = 3;

/**
 * Retires the phones that were silent for as many days as the setting says; returns their number. Retires none if they
 * are suspiciously many: then the network or the service may have been away, and an administrator decides. Runs on a
 * schedule, so there is no caller to authorise; the audit trail names the service.
 */
export async function retireSilentPhones(now: Date): Promise<number> {
  const { days, changed } = toRetireByAge(await readSettingUnchecked(RETIRE_BY_AGE_SETTING));
  if (days === null || changed === null) {
    return 0;
  }
  const before = silentBefore(now, days);
  const counted = await countSilent(db, before);
  if (isTooManyByAge(counted, { changedAt: changed.at, now })) {
    log().warn(counted, "Too many phones are silent to retire them without a confirmation");
    return 0;
  }
  let retired = 0;
  for (;;) {
    const batch = await retireBatch(before, { now, days });
    retired += batch;
    if (batch === 0) {
      return retired;
    }
  }
}

/** The time before which a phone must have checked last to count as silent for so many days. */
export function silentBefore(now: Date, days: number): Date {
  const silenceMs = INTERVALS_OF_SILENCE * env().NEXT_CHECK_SECONDS * 1000;
  return new Date(now.getTime() - Math.max(days * DAY_MS, silenceMs));
}

async function retireBatch(
  before: Date,
  { now, days }: { readonly now: Date; readonly days: number },
): Promise<number> {
  const found = await findSilent(db, before, MAX_PHONES_PER_ACTION);
  return inTransaction(async (tx) => {
    if (found.length === 0 || !(await tryTransactionLock(tx, TRANSACTION_LOCKS.retireByAge))) {
      return 0;
    }
    const ids = found.map(({ id }) => id);
    const deviceIds = [...(await lockSilent(tx, ids, before))];
    const facts = { daysBack: days };
    const { changed } = await retireWithinUnchecked(tx, toContext(now), {
      deviceIds,
      reason: "",
      facts,
    });
    return changed;
  });
}

function toContext(now: Date): UseCaseContext {
  const actor = { kind: "system", id: null, name: "ucupdates", role: "administrator" } as const;
  return { actor, now, requestId: "" };
}
