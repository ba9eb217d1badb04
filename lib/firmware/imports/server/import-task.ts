import "server-only";

import { sweepUploads } from "#firmware/files/server/sweep-uploads";
import { IMPORT_TASK, importPayload } from "#firmware/imports/server/queue-import";
import { runImport } from "#firmware/imports/server/run-import";
import { findNeededUploads } from "#firmware/imports/server/store";
import { db } from "#foundation/platform/db/client";
import type { JobTask } from "#foundation/platform/jobs";

/** The task list of a worker that runs imports. */
export const IMPORT_TASKS: Readonly<Record<string, JobTask>> = {
  [IMPORT_TASK]: async (payload, { signal }) => {
    const { importId } = importPayload.parse(payload);
    await runImport({ importId, signal, now: () => new Date() });
  },
};

/** Removes uploads and work directories of dead processes. Runs at start, before the worker, and periodically. */
export async function sweepImports(): Promise<readonly string[]> {
  return sweepUploads(await findNeededUploads(db));
}
