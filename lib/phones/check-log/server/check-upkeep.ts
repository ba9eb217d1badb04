import "server-only";
import { DAY_MS } from "#foundation/core/time";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { repeatTask } from "#foundation/platform/repeat-task";
import { watchArrivals } from "#fleet/devices/server/arrival-watch";
import { assignMissingKinds, collectKinds } from "#fleet/devices/server/keep-kinds";
import { forgetPhones } from "#fleet/devices/server/forget-phones";
import { retireSilentPhones } from "#fleet/devices/server/retire-silent-phones";
import {
  deleteAuditFilesBefore,
  deleteSurplusAuditFiles,
} from "#phones/check-log/server/audit-files";
import { collectDictionaries } from "#phones/check-log/server/collect-dictionaries";
import { moveEarlierChecks } from "#phones/check-log/server/move-earlier-checks";
import {
  dropOldCheckPartitions,
  dropSurplusCheckPartitions,
  prepareCheckPartitions,
} from "#phones/check-log/server/keep-check-days";

export type RunningUpkeep = { readonly stop: () => Promise<void> };

const KEEP_EVERY_MS = 60 * 60 * 1000;
const WATCH_EVERY_MS = 60 * 1000;

/**
 * Removes old checks and phones that are gone, and watches how many new phones arrive. One process of a data directory
 * runs it for all processes that record checks.
 */
export function startCheckUpkeep(): RunningUpkeep {
  const keeping = repeatTask(KEEP_EVERY_MS, "remove old checks", async (signal) => {
    await keepDays();
    await forget();
    await retireByAge();
    await keepKinds();
    await moveEarlier(signal);
  });
  const watching = repeatTask(WATCH_EVERY_MS, "count new phones", () => watchArrivals(new Date()));
  return {
    stop: async () => {
      await Promise.all([keeping.stop(), watching.stop()]);
    },
  };
}

async function keepDays(): Promise<void> {
  const now = new Date();
  const { CHECK_RETENTION_DAYS, CHECK_LOG_QUOTA_BYTES } = env();
  try {
    await deleteAuditFilesBefore(new Date(now.getTime() - CHECK_RETENTION_DAYS * DAY_MS));
    await deleteSurplusAuditFiles(now, CHECK_LOG_QUOTA_BYTES);
  } catch (error) {
    log().warn({ err: error }, "Old files of the check log could not be deleted");
  }
  try {
    await prepareCheckPartitions(now);
    const old = await dropOldCheckPartitions(now, CHECK_RETENTION_DAYS);
    const surplus = await dropSurplusCheckPartitions(now, CHECK_LOG_QUOTA_BYTES);
    if (old + surplus > 0) {
      await collectDictionaries();
    }
  } catch (error) {
    // Checks of a day without a partition go to the default one, so this can wait for the next hour.
    log().warn({ err: error }, "Old checks could not be dropped");
  }
}

async function forget(): Promise<void> {
  try {
    await forgetPhones(new Date());
  } catch (error) {
    log().warn({ err: error }, "Phones not seen for a long time could not be removed");
  }
}

async function retireByAge(): Promise<void> {
  try {
    await retireSilentPhones(new Date());
  } catch (error) {
    log().warn({ err: error }, "Phones not seen for a long time could not be retired");
  }
}

async function keepKinds(): Promise<void> {
  try {
    await assignMissingKinds();
    await collectKinds();
  } catch (error) {
    log().warn({ err: error }, "The kinds of phones could not be brought up to date");
  }
}

/** After the phones have kinds, so that the checks get verdicts. */
async function moveEarlier(signal: AbortSignal): Promise<void> {
  try {
    await moveEarlierChecks(signal);
  } catch (error) {
    log().warn({ err: error }, "Checks of an earlier version could not be moved");
  }
}
