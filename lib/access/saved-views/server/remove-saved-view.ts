import "server-only";

import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import { requireView } from "#access/saved-views/server/change-saved-view";
import { recordSharing } from "#access/saved-views/server/record-sharing";
import { mayChangeView, requireAccount } from "#access/saved-views/server/require-account";
import { deleteView } from "#access/saved-views/server/store";

/** Removes a view, for everyone who may open it. */
export async function removeSavedView(context: UseCaseContext, viewId: string): Promise<void> {
  const { actor } = context;
  requireAccount(actor);
  await inTransaction(async (tx) => {
    const view = await requireView(tx, actor, viewId);
    if (!mayChangeView(actor, view)) {
      throw new AppError("forbidden", "Only its owner may remove this view.");
    }
    await deleteView(tx, view.id);
    if (view.isShared) {
      await recordSharing(tx, context, { ...view, isShared: false });
    }
  });
}
