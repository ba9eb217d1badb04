import "server-only";
import type { StateSelection } from "#fleet/devices/kind";
import { countKnownDevicesSince, findKnownDeviceIds } from "#fleet/devices/server/read-inventory";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";
import { requireKnownSitesUnchecked } from "#fleet/sites/server/known-sites";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import { DAY_MS } from "#foundation/core/time";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { selectPhones } from "#phones/inventory/server/select-phones";
import type { JobPreview } from "#phones/phone-jobs/model";
import { MAX_PHONES_PER_JOB, isStillSelection } from "#phones/phone-jobs/model";
import type { PhoneSearch, PhoneTarget } from "#phones/phone-jobs/schema";

/** Counts the phones that match a search, and those of them that checked within the last day. */
export async function previewMatching(
  context: UseCaseContext,
  search: PhoneSearch,
): Promise<JobPreview> {
  requirePermission(context.actor, "device:read");
  const since = new Date(context.now.getTime() - DAY_MS);
  return countKnownDevicesSince(context, await toFilter(context, search), since);
}

/** The ids of the phones of a target. Throws `conflict` if much fewer or more phones match than were confirmed. */
export async function findTargetIds(
  context: UseCaseContext,
  target: PhoneTarget,
): Promise<readonly string[]> {
  requirePermission(context.actor, "device:read");
  if ("deviceIds" in target) {
    return [...new Set(target.deviceIds)];
  }
  const filter = await toFilter(context, target.search);
  const ids = await findKnownDeviceIds(context, filter, MAX_PHONES_PER_JOB + 1);
  requireSelection(ids.length, target.seenCount);
  return ids;
}

/** Throws if there are too many phones for an action, or not about as many as a person confirmed. */
export function requireSelection(count: number, seen: number): void {
  if (count > MAX_PHONES_PER_JOB) {
    throw tooManyPhones(count, MAX_PHONES_PER_JOB);
  }
  if (!isStillSelection(seen, count)) {
    throw new AppError("conflict", `${seen} phones were confirmed, and ${count} match now.`, {
      reason: { code: "selection_changed", seen, count },
    });
  }
}

export function tooManyPhones(count: number, most: number): AppError {
  return new AppError(
    "invalid_state",
    `${count} phones are too many; at most ${most} are possible.`,
    {
      reason: { code: "too_many_phones", count, most },
    },
  );
}

type PhoneFilter = PhoneSearch & {
  readonly selection: StateSelection | null;
  readonly rollOut: null;
  readonly ids: null;
};

async function toFilter(context: UseCaseContext, search: PhoneSearch): Promise<PhoneFilter> {
  await requireKnownPoolsUnchecked(search.pool);
  await requireKnownSitesUnchecked(search.site);
  const selection =
    search.state.length === 0
      ? null
      : await selectPhones(context, await presentRuleTable(context.now), search.state);
  return { ...search, selection, rollOut: null, ids: null };
}
