import "server-only";

import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { removeStaged } from "#lib/files/server/staging";
import { importCancelled } from "#lib/imports/audit-facts";
import type { CancelInput } from "#lib/imports/schema";
import { cancelIdleImport, findImportById } from "#lib/imports/server/store";
import { inTransaction } from "#lib/platform/db/client";

/** Gives up an import that waits. One that runs is over in a moment and cannot be stopped half-way. */
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
  // After the commit: dying here leaves a file that the next sweep removes, not an import without one.
  await removeStaged(upload);
}
