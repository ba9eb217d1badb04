import "server-only";

import type { StoredView } from "#access/saved-views/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";

/** Records that everyone finds a view in a list, or no longer finds it. */
export async function recordSharing(
  tx: Db,
  context: UseCaseContext,
  { id, name, ownerName, isShared }: Pick<StoredView, "id" | "name" | "ownerName" | "isShared">,
): Promise<void> {
  await recordAudit(tx, context, [
    {
      action: isShared ? "view.shared" : "view.unshared",
      subject: { kind: "view", id, name },
      facts: { account: ownerName },
    },
  ]);
}
