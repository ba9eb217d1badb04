import "server-only";

import { createHash } from "node:crypto";
import type { AuditEntry } from "#lib/audit/model";
import { FIRST_PREVIOUS_HASH, auditHashInput } from "#lib/audit/model";
import { findEntriesAfter } from "#lib/audit/server/store";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";

const ENTRIES_PER_READ = 1000;

export type AuditVerification =
  | { readonly outcome: "intact"; readonly entries: number }
  | { readonly outcome: "broken"; readonly entries: number; readonly firstBrokenId: string };

/** Walks the whole trail and says at which entry, if any, its chain of hashes breaks. */
export async function verifyAudit(context: UseCaseContext): Promise<AuditVerification> {
  requirePermission(context.actor, "audit:read");
  let previousHash = FIRST_PREVIOUS_HASH;
  let lastId = "0";
  let entries = 0;
  for (;;) {
    const page = await findEntriesAfter(db, lastId, ENTRIES_PER_READ);
    for (const entry of page) {
      if (!isLinked(entry, previousHash)) {
        return { outcome: "broken", entries, firstBrokenId: entry.id };
      }
      previousHash = entry.hash;
      lastId = entry.id;
      entries += 1;
    }
    if (page.length < ENTRIES_PER_READ) {
      return { outcome: "intact", entries };
    }
  }
}

function isLinked(entry: AuditEntry, previousHash: string): boolean {
  const hash = createHash("sha256").update(auditHashInput(entry)).digest("hex");
  return entry.previousHash === previousHash && entry.hash === hash;
}
