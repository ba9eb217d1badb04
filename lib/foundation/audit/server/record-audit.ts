import "server-only";

import { createHash } from "node:crypto";
import type { AuditFact } from "#foundation/audit/model";
import { auditHashInput } from "#foundation/audit/model";
import { advanceAnchor } from "#foundation/audit/server/advance-anchor";
import { insertEntry, lockChain } from "#foundation/audit/server/store";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { afterCommit } from "#foundation/platform/db/after-commit";
import type { Db } from "#foundation/platform/db/client";

/**
 * Records a change in the transaction of the change itself, so that neither exists without the other. Call it last: it
 * holds the lock of the chain until the commit.
 */
export async function recordAudit(
  tx: Db,
  context: UseCaseContext,
  facts: readonly AuditFact[],
): Promise<void> {
  if (facts.length === 0) {
    return;
  }
  afterCommit(tx, advanceAnchor);
  let previousHash = await lockChain(tx);
  for (const fact of facts) {
    const entry = { ...toEntry(context, fact), previousHash };
    const hash = createHash("sha256").update(auditHashInput(entry)).digest("hex");
    await insertEntry(tx, { ...entry, hash });
    previousHash = hash;
  }
}

function toEntry({ actor, now, requestId }: UseCaseContext, fact: AuditFact) {
  return {
    at: now,
    actorKind: actor.kind,
    actorName: actor.name,
    actorId: actor.id,
    action: fact.action,
    subjectKind: fact.subject.kind,
    subjectId: fact.subject.id,
    subjectName: fact.subject.name,
    facts: fact.facts,
    reason: fact.reason ?? "",
    requestId,
  };
}
