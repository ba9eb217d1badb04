import "server-only";

import { z } from "zod";
import { addJob } from "#foundation/platform/jobs";

/** The name of the task for workers. */
export const IMPORT_TASK = "import";

export const importPayload = z.object({ importId: z.uuid() });

/** Queues an import. It runs after the transaction has committed. */
export async function queueImport(
  tx: Parameters<typeof addJob>[0],
  importId: string,
): Promise<void> {
  await addJob(tx, { name: IMPORT_TASK, payload: { importId } });
}
