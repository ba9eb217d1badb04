import process from "node:process";
import { IMPORT_TASKS, sweepImports } from "#firmware/imports/server/import-task";
import { startWorker } from "#foundation/platform/jobs";

// Runs the import part of the server's start as a separate process that a test can kill.
await sweepImports();
const worker = await startWorker(IMPORT_TASKS);

process.on("SIGTERM", () => {
  void worker.stop().then(() => process.exit(0));
});
