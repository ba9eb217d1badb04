import "server-only";

import type { BrakeSettings } from "#fleet/pools/brake";
import { withBrake } from "#fleet/pools/brake";
import type { Pool } from "#fleet/pools/model";
import type { ChangePoolInput } from "#fleet/pools/schema";
import { clearDefault, findPoolById, requireSite, updatePool } from "#fleet/pools/server/store";
import type { AuditValue } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

/** Changes a pool. The default pool stays the default until another pool becomes it. */
export async function changePool(context: UseCaseContext, input: ChangePoolInput): Promise<void> {
  requirePermission(context.actor, "pool:write");
  await inTransaction(async (tx) => {
    const before = await findPoolById(tx, input.poolId);
    if (before === null) {
      throw new AppError("not_found", "This pool no longer exists.");
    }
    if (before.isDefault && !input.isDefault) {
      throw new AppError("invalid_state", "Make another pool the default instead.");
    }
    if (input.isDefault) {
      await clearDefault(tx);
    }
    await updatePool(tx, input.poolId, {
      fqdn: input.fqdn,
      siteId: await requireSite(tx, input.siteName),
      internalBaseUrl: input.internalBaseUrl,
      externalBaseUrl: input.externalBaseUrl,
      sipDomains: input.sipDomains,
      isDefault: input.isDefault,
      ...withBrake(before, input),
    });
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "pool.changed",
        subject: { kind: "pool", id: before.id, name: input.fqdn },
        facts: changes(before, { ...input, ...withBrake(before, input) }),
      },
    ]);
  });
}

function changes(before: Pool, after: ChangePoolInput & BrakeSettings): Record<string, AuditValue> {
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
