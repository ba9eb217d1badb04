import "server-only";

import { may } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { SavedViews } from "#access/saved-views/model";
import { mayChangeView, requireAccount } from "#access/saved-views/server/require-account";
import { findDefaultView, findViews } from "#access/saved-views/server/store";

/** The views of a list: the caller's own and the shared ones. */
export async function listSavedViews(
  { actor }: UseCaseContext,
  { list }: { readonly list: string },
): Promise<SavedViews> {
  const accountId = requireAccount(actor);
  const [views, defaultId] = await Promise.all([
    findViews(db, { accountId, list }),
    findDefaultView(db, { accountId, list }),
  ]);
  return {
    views: views.map((view) => ({
      id: view.id,
      list: view.list,
      name: view.name,
      query: view.query,
      columns: view.columns,
      isShared: view.isShared,
      ownerName: view.ownerName,
      isChangeable: mayChangeView(actor, view),
      isDefault: view.id === defaultId,
    })),
    mayShare: may(actor, "view:share"),
  };
}
