import "server-only";

import { withBrake } from "#fleet/pools/brake";
import type { Pool } from "#fleet/pools/model";
import type { ChangePoolInput } from "#fleet/pools/schema";
import { clearDefault, lockPool, requireSite, updatePool } from "#fleet/pools/server/store";
import type { AuditValue } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

/** Changes what is given. The default pool stays the default until another pool becomes it. */
export async function changePool(context: UseCaseContext, input: ChangePoolInput): Promise<void> {
  requirePermission(context.actor, "pool:write");
  await inTransaction(async (tx) => {
    const before = await lockPool(tx, input.poolId);
    if (before === null) {
      throw new AppError("not_found", "This pool no longer exists.");
    }
    if (before.isDefault && input.isDefault === false) {
      throw new AppError("invalid_state", "Make another pool the default instead.");
    }
    if (input.isDefault === true) {
      await clearDefault(tx);
    }
    const after = await withGiven(tx, before, input);
    await updatePool(tx, input.poolId, after);
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "pool.changed",
        subject: { kind: "pool", id: before.id, name: after.fqdn },
        facts: changes(before, after),
      },
    ]);
  });
}

/** The pool with what is given; a site that does not exist is created. */
async function withGiven(tx: Db, before: Pool, input: ChangePoolInput): Promise<Pool> {
  const { siteName } = input;
  return {
    id: before.id,
    fqdn: input.fqdn ?? before.fqdn,
    siteId: siteName === undefined ? before.siteId : await requireSite(tx, siteName),
    siteName: siteName ?? before.siteName,
    internalBaseUrl: input.internalBaseUrl ?? before.internalBaseUrl,
    externalBaseUrl: input.externalBaseUrl ?? before.externalBaseUrl,
    sipDomains: input.sipDomains ?? before.sipDomains,
    isDefault: input.isDefault ?? before.isDefault,
    ...withBrake(before, input),
  };
}

function changes(before: Pool, after: Pool): Record<string, AuditValue> {
  const pairs = [
    ["fqdn", before.fqdn, after.fqdn],
    ["site", before.siteName, after.siteName],
    ["internalBaseUrl", before.internalBaseUrl, after.internalBaseUrl],
    ["externalBaseUrl", before.externalBaseUrl, after.externalBaseUrl],
    ["sipDomains", before.sipDomains.join(" "), after.sipDomains.join(" ")],
    ["isDefault", before.isDefault, after.isDefault],
    ["brake", before.brake, after.brake],
    ["brakePercent", before.brakePercent, after.brakePercent],
    ["brakePhones", before.brakePhones, after.brakePhones],
  ] as const;
  return Object.fromEntries(
    pairs.flatMap(([name, from, to]) =>
      from === to
        ? []
        : [
            [`${name}Before`, from],
            [name, to],
          ],
    ),
  );
}
