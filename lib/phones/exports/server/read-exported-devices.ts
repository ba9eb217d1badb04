import "server-only";
import type { z } from "zod";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { readDevices } from "#fleet/devices/server/read-devices";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { findLastSignIns } from "#phones/check-log/server/store";
import type { ExportedDevice } from "#phones/exports/device-columns";
import type { deviceExportQuery } from "#phones/exports/export-queries";
import { judgePhone } from "#phones/inventory/judge-phone";
import { selectPhones } from "#phones/inventory/server/select-phones";
import { toRollOutFilter } from "#phones/inventory/server/to-roll-out-filter";

/** A phone has about 2 kB in memory. */
const BATCH_SIZE = 1_000;

/** All phones that match a query, with their state by the current rules, in batches. */
export async function* readExportedDevices(
  context: UseCaseContext,
  tx: Db,
  { sort, order, id, ...search }: z.output<typeof deviceExportQuery>,
): AsyncGenerator<readonly ExportedDevice[], undefined> {
  const rules = await presentRuleTable(context.now);
  const selection =
    search.state.length === 0 ? null : await selectPhones(context, rules, search.state);
  const rollOut = await toRollOutFilter(context, rules, search);
  const filter = { ...search, selection, rollOut, ids: id ?? null };
  for await (const batch of readDevices(context, tx, {
    filter,
    sort,
    order,
    batchSize: BATCH_SIZE,
  })) {
    const signIns = await findLastSignIns(
      tx,
      batch.map(({ id }) => id),
    );
    yield batch.map(({ poolId, ...phone }) => ({
      ...phone,
      ...judgePhone(rules, { ...phone, poolId }),
      lastSignInAt: signIns.get(phone.id) ?? null,
    }));
  }
  return undefined;
}
