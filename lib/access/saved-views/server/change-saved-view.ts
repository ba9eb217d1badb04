import "server-only";

import { AppError } from "#foundation/core/errors";
import type { Actor } from "#foundation/core/permissions";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import type { ParsedChangeViewInput } from "#access/saved-views/schema";
import { recordSharing } from "#access/saved-views/server/record-sharing";
import { mayChangeView, requireAccount } from "#access/saved-views/server/require-account";
import type { StoredView } from "#access/saved-views/server/store";
import {
  deleteDefaultView,
  deleteDefaultsOfOthers,
  lockView,
  putDefaultView,
  updateView,
} from "#access/saved-views/server/store";

/**
 * Renames, shares or replaces a view, or makes it the caller's default. Throws `not_found` for a view that the caller may
 * not open, and `forbidden` for one that the caller may only open.
 */
export async function changeSavedView(
  context: UseCaseContext,
  viewId: string,
  { isDefault, ...change }: ParsedChangeViewInput,
): Promise<void> {
  const { actor } = context;
  const accountId = requireAccount(actor);
  await inTransaction(async (tx) => {
    const view = await requireView(tx, actor, viewId);
    if (Object.keys(change).length > 0) {
      await replaceView(tx, context, { view, change });
    }
    if (isDefault === true) {
      await putDefaultView(tx, { accountId, list: view.list, viewId });
    } else if (isDefault === false) {
      await deleteDefaultView(tx, { accountId, viewId });
    }
  });
}

/** Reads and locks a view that the caller may open. */
export async function requireView(tx: Db, actor: Actor, viewId: string): Promise<StoredView> {
  const view = await lockView(tx, viewId);
  if (view === null || (view.ownerId !== actor.id && !view.isShared)) {
    throw new AppError("not_found", "This view no longer exists.");
  }
  return view;
}

async function replaceView(
  tx: Db,
  context: UseCaseContext,
  request: {
    readonly view: StoredView;
    readonly change: Omit<ParsedChangeViewInput, "isDefault">;
  },
): Promise<void> {
  const { actor } = context;
  const { view, change } = request;
  if (!mayChangeView(actor, view)) {
    throw new AppError("forbidden", "Only its owner may change this view.");
  }
  if (change.isShared === true && !view.isShared) {
    requirePermission(actor, "view:share");
  }
  const { name = view.name, query = view.query, columns = view.columns } = change;
  const { isShared = view.isShared } = change;
  await updateView(tx, { ...view, name, query, columns, isShared });
  if (!isShared) {
    // Others can no longer open it.
    await deleteDefaultsOfOthers(tx, { accountId: view.ownerId, viewId: view.id });
  }
  if (isShared !== view.isShared) {
    await recordSharing(tx, context, { ...view, name, isShared });
  }
}
