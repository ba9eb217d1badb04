import "server-only";

import { z } from "zod";
import { addJob } from "#foundation/platform/jobs";

/** The name under which workers know the task. */
export const IMPORT_TASK = "import";

export const importPayload = z.object({ importId: z.uuid() });

/** The import runs once the transaction has committed. */
export async function queueImport(
  tx: Parameters<typeof addJob>[0],
  importId: string,
): Promise<void> {
  await addJob(tx, { name: IMPORT_TASK, payload: { importId } });
}
