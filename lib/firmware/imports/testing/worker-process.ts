import process from "node:process";
import { IMPORT_TASKS, sweepImports } from "#firmware/imports/server/import-task";
import { startWorker } from "#foundation/platform/jobs";

// What the server does about imports when it starts, as a process of its own that a test can kill.
await sweepImports();
const worker = await startWorker(IMPORT_TASKS);

process.on("SIGTERM", () => {
  void worker.stop().then(() => process.exit(0));
});
