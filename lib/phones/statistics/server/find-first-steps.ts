import "server-only";
import { ALL_RULES } from "#firmware/rules/search-params";
import { listRules } from "#firmware/rules/server/list-rules";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { countKnownDevices } from "#fleet/devices/server/read-inventory";
import { listPools } from "#fleet/pools/server/list-pools";
import { hasTestDevices } from "#fleet/test-devices/server/has-test-devices";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { FirstSteps } from "#phones/statistics/first-steps";
import { FIRST_STEPS } from "#phones/statistics/first-steps";

/** The steps of a new installation; null once all are done, or an update is approved. */
export async function findFirstSteps(context: UseCaseContext): Promise<FirstSteps | null> {
  requirePermission(context.actor, "rule:read");
  const [{ counts }, phones, hasTests] = await Promise.all([
    listRules(context, { view: "all", search: { ...ALL_RULES, size: 1 } }),
    countKnownDevices(context, { ...EVERY_DEVICE, selection: null, rollOut: null, ids: null }, 1),
    hasTestDevices(context),
  ]);
  const done = { import: counts.all > 0, ask: phones > 0, test: hasTests };
  if (counts.approved > 0 || FIRST_STEPS.every((step) => done[step])) {
    return null;
  }
  const pools = await listPools(context);
  return { done, poolUrl: pools.find(({ isDefault }) => isDefault)?.internalBaseUrl ?? null };
}
