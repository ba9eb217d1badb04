import "server-only";

import { createHash } from "node:crypto";
import type { AuditAnchor, StoredAnchor } from "#foundation/audit/anchor";
import { EMPTY_ANCHOR } from "#foundation/audit/anchor";
import type { AuditEntry } from "#foundation/audit/model";
import { FIRST_PREVIOUS_HASH, auditHashInput } from "#foundation/audit/model";
import { anchorPlace, readAnchor } from "#foundation/audit/server/anchor-file";
import { findEntriesAfter, hasEntryOf } from "#foundation/audit/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

const ENTRIES_PER_READ = 1000;

export type AuditVerification =
  | { readonly outcome: "intact"; readonly entries: number }
  | { readonly outcome: "broken"; readonly entries: number; readonly firstBrokenId: string }
  /** The chain is valid, but lacks the entry that the anchor in the data directory names. */
  | { readonly outcome: "cut_off"; readonly entries: number; readonly anchor: AuditAnchor }
  /** The chain is valid, but the file of the anchor is missing or unreadable. */
  | { readonly outcome: "anchor_lost"; readonly entries: number };

/** Verifies the chain of hashes of the whole audit. Reports the first broken entry, or that the end is missing. */
export async function verifyAudit(context: UseCaseContext): Promise<AuditVerification> {
  requirePermission(context.actor, "audit:read");
  // Read before the walk, so that entries added during the walk are after this anchor.
  const stored = await readAnchor();
  const anchor = stored.state === "present" ? stored.anchor : EMPTY_ANCHOR;
  const walk = await walkChain(anchor);
  if (walk.firstBrokenId !== null) {
    return { outcome: "broken", entries: walk.entries, firstBrokenId: walk.firstBrokenId };
  }
  const { entries } = walk;
  if (!walk.hasAnchor) {
    return { outcome: "cut_off", entries, anchor };
  }
  return (await isLost(stored))
    ? { outcome: "anchor_lost", entries }
    : { outcome: "intact", entries };
}

type Walk = {
  readonly entries: number;
  readonly firstBrokenId: string | null;
  readonly hasAnchor: boolean;
};

async function walkChain(anchor: AuditAnchor): Promise<Walk> {
  let previousHash = FIRST_PREVIOUS_HASH;
  let lastId = EMPTY_ANCHOR.lastId;
  let entries = 0;
  let hasAnchor = anchor.lastId === EMPTY_ANCHOR.lastId;
  for (;;) {
    const page = await findEntriesAfter(db, lastId, ENTRIES_PER_READ);
    for (const entry of page) {
      if (!isLinked(entry, previousHash)) {
        return { entries, firstBrokenId: entry.id, hasAnchor };
      }
      previousHash = entry.hash;
      lastId = entry.id;
      entries += 1;
      hasAnchor ||= entry.id === anchor.lastId && entry.hash === anchor.hash;
    }
    if (page.length < ENTRIES_PER_READ) {
      return { entries, firstBrokenId: null, hasAnchor };
    }
  }
}

/** A missing file is lost only if this data directory once had an anchor. */
async function isLost({ state }: StoredAnchor): Promise<boolean> {
  switch (state) {
    case "present":
      return false;
    case "unreadable":
      return true;
    case "missing":
      return hasEntryOf(db, "audit.anchored", anchorPlace());
  }
}

function isLinked(entry: AuditEntry, previousHash: string): boolean {
  const hash = createHash("sha256").update(auditHashInput(entry)).digest("hex");
  return entry.previousHash === previousHash && entry.hash === hash;
}
