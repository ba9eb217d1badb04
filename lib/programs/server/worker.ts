// The process of everything that no request waits for: imports, retention, verification of content, clean-up.
import "server-only";
import { collectUnreferenced } from "#firmware/files/server/collect-unreferenced";
import { joinContentStore } from "#firmware/files/server/content-store-identity";
import { forgetImports } from "#firmware/imports/server/forget-imports";
import { IMPORT_TASKS, sweepImports } from "#firmware/imports/server/import-task";
import { startWorker } from "#foundation/platform/jobs";
import { repeatTask } from "#foundation/platform/repeat-task";
import { startPhoneUpkeep } from "#phones/device-api/start-phone-services";
import { sweepIncomingLogs } from "#phones/device-logs/server/clean-up";
import { runChild } from "#programs/server/run-child";

const HOUR_MS = 60 * 60 * 1000;
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
  const worker = await startWorker(IMPORT_TASKS);
  running.defer(worker.stop);
  const collecting = repeatTask(COLLECT_EVERY_MS, "remove unreferenced files", async () => {
    await collectUnreferenced(new Date(), COLLECT_AFTER_DAYS);
    await forgetImports(new Date());
  });
  running.defer(collecting.stop);
});
