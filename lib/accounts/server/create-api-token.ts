import "server-only";

import { randomBytes } from "node:crypto";
import type { ApiToken } from "#lib/accounts/model";
import type { CreateApiTokenInput } from "#lib/accounts/schema";
import { hashToken } from "#lib/accounts/server/hash-token";
import { insertToken } from "#lib/accounts/server/store";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { inTransaction } from "#lib/platform/db/client";

const DAY_MS = 86_400_000;

/** Creates a token for the caller's own account. The secret is returned once and never stored. */
export async function createApiToken(
  context: UseCaseContext,
  { name, keepDays }: CreateApiTokenInput,
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  requirePermission(context.actor, "token:own");
  const accountId = context.actor.id;
  if (accountId === null) {
    throw new AppError("invalid_state", "A token belongs to an account; sign in to create one.");
  }
  const secret = `ucu_${randomBytes(32).toString("base64url")}`;
  const expiresAt = keepDays === null ? null : new Date(context.now.getTime() + keepDays * DAY_MS);
  const token = await inTransaction(async (tx) => {
    const created = await insertToken(tx, {
      accountId,
      name,
      tokenHash: hashToken(secret),
      createdAt: context.now,
      expiresAt,
    });
    await recordAudit(tx, context, [
      {
        action: "api_token.created",
        subject: { kind: "api_token", id: created.id, name },
        facts: { account: context.actor.name, expiresAt: expiresAt?.toISOString() ?? null },
      },
    ]);
    return created;
  });
  return { token, secret };
}
