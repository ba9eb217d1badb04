// The process of everything that no request waits for: imports, retention, verification of content, clean-up.
import "server-only";
import { startNotifications } from "#access/notifications/server/start-notifications";
import { collectUnreferenced } from "#firmware/files/server/collect-unreferenced";
import { joinContentStore } from "#firmware/files/server/content-store-identity";
import { forgetImports } from "#firmware/imports/server/forget-imports";
import { IMPORT_TASKS, sweepImports } from "#firmware/imports/server/import-task";
import { SITE_TASKS } from "#fleet/sites/server/match-phones";
import { forgetNotices } from "#foundation/notices/server/forget-notices";
import { startWorker } from "#foundation/platform/jobs";
import { repeatTask } from "#foundation/platform/repeat-task";
import { startPhoneUpkeep } from "#phones/device-api/start-phone-services";
import { PHONE_JOB_TASKS } from "#phones/phone-jobs/server/run-phone-job";
import { sweepIncomingLogs } from "#phones/device-logs/server/clean-up";
import { startAwayMemory } from "#programs/server/away-memory";
import { runChild } from "#programs/server/run-child";
import { startConditionWatch } from "#programs/server/watch-conditions";
import { startDatabaseWatch } from "#programs/server/watch-database";
import { HOUR_MS } from "#foundation/core/time";

const COLLECT_EVERY_MS = 6 * HOUR_MS;
const COLLECT_AFTER_DAYS = 1;
/** An upload counts as abandoned after half an hour, so it is removed within the hour. */
const SWEEP_EVERY_MS = HOUR_MS / 4;

await runChild(async (running) => {
  running.defer((await joinContentStore()).release);
  const upkeep = await startPhoneUpkeep();
  running.defer(upkeep.stop);
  await sweepImports();
  const sweeping = repeatTask(SWEEP_EVERY_MS, "remove unfinished uploads", async () => {
    await sweepImports();
    await sweepIncomingLogs(new Date());
  });
  running.defer(sweeping.stop);
  const worker = await startWorker({ ...IMPORT_TASKS, ...PHONE_JOB_TASKS, ...SITE_TASKS });
  running.defer(worker.stop);
  const collecting = repeatTask(COLLECT_EVERY_MS, "remove unreferenced files", async () => {
    await collectUnreferenced(new Date(), COLLECT_AFTER_DAYS);
    await forgetImports(new Date());
    await forgetNotices(new Date());
  });
  running.defer(collecting.stop);
  running.defer(startConditionWatch().stop);
  running.defer((await startNotifications()).stop);
  const memory = startAwayMemory();
  running.defer(memory.stop);
  running.defer(startDatabaseWatch(memory.tell).stop);
});
