import "server-only";

import { randomUUID } from "node:crypto";
import { EMPTY_ANCHOR } from "#foundation/audit/anchor";
import { advanceAnchor } from "#foundation/audit/server/advance-anchor";
import { anchorPlace, readAnchor, writeAnchor } from "#foundation/audit/server/anchor-file";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { hasEntryOf } from "#foundation/audit/server/store";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db, inTransaction } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";

/**
 * Creates the anchor if this data directory has never had one, and advances it after a crash. The creation is audited, so
 * that a deleted file is detected and not replaced silently.
 */
export async function startAnchor(now: Date): Promise<void> {
  const place = anchorPlace();
  const isRecorded = await hasEntryOf(db, "audit.anchored", place);
  const { state } = await readAnchor();
  if (state !== "present" && isRecorded) {
    log().error("the anchor of the audit is missing or unreadable: verify the audit");
    return;
  }
  if (state === "missing") {
    await writeAnchor(EMPTY_ANCHOR);
  }
  if (isRecorded) {
    await advanceAnchor();
    return;
  }
  const context: UseCaseContext = {
    actor: { kind: "system", id: null, name: "start", role: "administrator" },
    now,
    requestId: randomUUID(),
  };
  await inTransaction((tx) =>
    recordAudit(tx, context, [
      {
        action: "audit.anchored",
        subject: { kind: "audit", id: place, name: place },
        facts: {},
      },
    ]),
  );
}
