import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { phoneName } from "#fleet/devices/audit-facts";
import type { RetireByAgePreview } from "#fleet/devices/retire-by-age";
import { silentBefore } from "#fleet/devices/server/retire-silent-phones";
import { countSilent, findSilent } from "#fleet/devices/server/silent-store";

const MAX_EXAMPLES = 20;

/** The phones that would be retired now if phones were retired after so many days of silence. */
export async function previewRetireByAge(
  context: UseCaseContext,
  { days }: { readonly days: number },
): Promise<RetireByAgePreview> {
  requirePermission(context.actor, "device:read");
  const before = silentBefore(context.now, days);
  const [counted, examples] = await Promise.all([
    countSilent(db, before),
    findSilent(db, before, MAX_EXAMPLES),
  ]);
  return {
    ...counted,
    examples: examples.map((phone) => ({
      id: phone.id,
      name: phoneName(phone),
      lastSeenAt: phone.lastSeenAt,
    })),
  };
}
