import "server-only";

import type { AuditFact } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { db, inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import type { UnreferencedRelease } from "#firmware/rules/release";
import { lockImports } from "#firmware/rules/server/lock-imports";
import {
  deleteUnreferencedRelease,
  findUnreferencedReleases,
} from "#firmware/rules/server/release-store";

/** The releases that `clearReleases` would delete. */
export async function listUnreferencedReleases(
  context: UseCaseContext,
): Promise<readonly UnreferencedRelease[]> {
  requirePermission(context.actor, "rule:read");
  return findUnreferencedReleases(db);
}

/**
 * Deletes the releases that no rule holds, like `Clear-CsDeviceUpdateFile` of the original. A deleted release can no
 * longer be restored, and a review that removed it from a rule can no longer be undone. The content is collected later.
 */
export async function clearReleases(
  context: UseCaseContext,
): Promise<readonly UnreferencedRelease[]> {
  requirePermission(context.actor, "rule:remove");
  return inTransaction(async (tx) => {
    // An import inserts a release before the rule that holds it.
    await lockImports(tx);
    const cleared: UnreferencedRelease[] = [];
    for (const release of await findUnreferencedReleases(tx)) {
      if (await deleteUnreferencedRelease(tx, release.id)) {
        cleared.push(release);
      }
    }
    if (cleared.length > 0) {
      await notify(tx, RULES_CHANNEL);
    }
    await recordAudit(tx, context, cleared.map(toFact));
    return cleared;
  });
}

function toFact({ id, imageKey, version, sizeBytes }: UnreferencedRelease): AuditFact {
  return {
    action: "release.cleared",
    subject: { kind: "release", id, name: `${imageKey} ${version}` },
    facts: { version, sizeBytes },
  };
}
