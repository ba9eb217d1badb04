import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { removeUpload } from "#firmware/files/server/uploads";
import { importCancelled } from "#firmware/imports/audit-facts";
import type { CancelInput } from "#firmware/imports/schema";
import { cancelIdleImport, findImportById } from "#firmware/imports/server/store";
import { inTransaction } from "#foundation/platform/db/client";

/** Cancels a waiting import. A running import ends soon and cannot be cancelled. */
export async function cancelImport(
  context: UseCaseContext,
  { importId }: CancelInput,
): Promise<void> {
  requirePermission(context.actor, "import:create");
  const upload = await inTransaction(async (tx) => {
    const job = await findImportById(tx, importId);
    if (job === null) {
      throw new AppError("not_found", "This import no longer exists.");
    }
    const unneeded = await cancelIdleImport(tx, importId, context.now);
    if (unneeded === null) {
      throw new AppError("invalid_state", "Only an import that waits can be cancelled.");
    }
    await recordAudit(tx, context, [importCancelled(job)]);
    return unneeded;
  });
  // After the commit: a crash here leaves a file that the next sweep removes, not an import without its file.
  await removeUpload(upload);
}
