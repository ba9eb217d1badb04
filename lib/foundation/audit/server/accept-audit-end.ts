import "server-only";

import type { AuditValue } from "#foundation/audit/model";
import type { AcceptAuditEndInput } from "#foundation/audit/schema";
import { replaceAnchor } from "#foundation/audit/server/advance-anchor";
import { anchorPlace } from "#foundation/audit/server/anchor-file";
import { recordAudit } from "#foundation/audit/server/record-audit";
import type { AuditVerification } from "#foundation/audit/server/verify-audit";
import { verifyAudit } from "#foundation/audit/server/verify-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/**
 * Accepts that the audit ends before its anchor, for example after restoring a backup. Audits this and moves the anchor
 * to the end.
 */
export async function acceptAuditEnd(
  context: UseCaseContext,
  { reason }: AcceptAuditEndInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  const facts = toFacts(await verifyAudit(context));
  const place = anchorPlace();
  await inTransaction((tx) =>
    recordAudit(tx, context, [
      {
        action: "audit.anchored",
        subject: { kind: "audit", id: place, name: place },
        facts,
        reason,
      },
    ]),
  );
  await replaceAnchor();
}

function toFacts(result: AuditVerification): Readonly<Record<string, AuditValue>> {
  switch (result.outcome) {
    case "cut_off": {
      const { entries, anchor } = result;
      return { entries, anchoredEntries: anchor.entries, anchoredHash: anchor.hash };
    }
    case "anchor_lost":
      return { entries: result.entries };
    case "broken":
      throw new AppError(
        "invalid_state",
        `The audit is broken at entry ${result.firstBrokenId}. A broken audit cannot be accepted.`,
      );
    case "intact":
      throw new AppError("invalid_state", "The audit is intact: there is nothing to accept.");
  }
}
