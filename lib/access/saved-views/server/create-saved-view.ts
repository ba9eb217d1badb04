import "server-only";

import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import type { ParsedCreateViewInput } from "#access/saved-views/schema";
import { recordSharing } from "#access/saved-views/server/record-sharing";
import { requireAccount } from "#access/saved-views/server/require-account";
import { countViewsOf, insertView } from "#access/saved-views/server/store";

const MAX_VIEWS_PER_PERSON = 200;

/** Saves a view. Throws `conflict` if the person has one of this list with this name. */
export async function createSavedView(
  context: UseCaseContext,
  input: ParsedCreateViewInput,
): Promise<{ readonly id: string }> {
  const { actor } = context;
  const ownerId = requireAccount(actor);
  if (input.isShared) {
    requirePermission(actor, "view:share");
  }
  return inTransaction(async (tx) => {
    if ((await countViewsOf(tx, ownerId)) >= MAX_VIEWS_PER_PERSON) {
      throw new AppError("invalid_state", "You have too many views. Remove some first.");
    }
    const { list, name, query, columns, isShared } = input;
    const view = await insertView(tx, { list, name, query, columns, isShared, ownerId });
    if (isShared) {
      await recordSharing(tx, context, view);
    }
    return { id: view.id };
  });
}
