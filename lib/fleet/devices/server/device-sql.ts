import "server-only";
import { Prisma } from "#generated/client";
import { toMacDigits } from "#foundation/core/search-text";
import type { StateSelection } from "#fleet/devices/kind";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { progressState } from "#fleet/devices/server/progress-state-sql";
import { hardwareKey } from "#foundation/core/hardware";
import {
  containsFolded,
  containsText,
  equalsIgnoringCase,
} from "#foundation/platform/db/text-filter";

/**
 * Conditions of the queries about devices, in which `device` is the row of the device. Conditions about what phones
 * report are decided over kinds; phones without a kind are compared themselves.
 */

/** The conditions that a search sets, except its state, which `selection` has. */
export type DeviceFilter = Pick<DeviceSearch, "q" | "model" | "pool" | "progress"> & {
  /** Null: any state. */
  readonly selection: StateSelection | null;
};

export function toConditions(filter: DeviceFilter, limits: ProgressLimits): Prisma.Sql {
  const { q, model, pool, progress, selection } = filter;
  const conditions = [Prisma.sql`true`];
  if (q.trim() !== "") {
    conditions.push(matchesText(q.trim()));
  }
  if (model.length > 0) {
    conditions.push(isOfKind((row) => equalsIgnoringCase(Prisma.sql`${row}."model"`, model)));
  }
  if (pool.length > 0) {
    conditions.push(Prisma.sql`device."poolId" = ANY(ARRAY(
      SELECT "id" FROM "Pool" WHERE ${equalsIgnoringCase(Prisma.sql`"fqdn"`, pool)}
    ))`);
  }
  if (progress.length > 0) {
    conditions.push(Prisma.sql`device."progress" <> '{}'`);
    conditions.push(Prisma.sql`${progressState(limits)} = ANY(${[...progress]})`);
  }
  if (selection !== null) {
    conditions.push(isSelected(selection));
  }
  return Prisma.join(conditions, " AND ");
}

/** Whether the kind of a device satisfies a condition, or the device itself if it has no kind. */
function isOfKind(condition: (row: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    device."kindId" = ANY(ARRAY(SELECT "id" FROM "PhoneKind" kind WHERE ${condition(Prisma.sql`kind`)}))
    OR (device."kindId" IS NULL AND ${condition(Prisma.sql`device`)})
  )`;
}

/** The expression of the index for the text search; see the migration. */
const SEARCH_TEXT = Prisma.sql`phone_search_text(
  device."macAddress", device."serialNumber", device."address", device."userName"
)`;

function matchesText(text: string): Prisma.Sql {
  const digits = toMacDigits(text);
  const conditions = [
    containsFolded(SEARCH_TEXT, text),
    // The digits may also be part of a serial number, which is stored with its separators.
    ...(digits === null
      ? []
      : [
          Prisma.sql`(${containsFolded(SEARCH_TEXT, digits)}
            AND ${containsText(Prisma.sql`device."macAddress"`, digits)})`,
        ]),
    isOfKind((row) => {
      const columns = [
        Prisma.sql`${row}."version"`,
        Prisma.sql`${row}."brand"`,
        Prisma.sql`${row}."model"`,
      ];
      const found = columns.map((column) => containsText(column, text));
      return Prisma.sql`(${Prisma.join(found, " OR ")})`;
    }),
  ];
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

function isSelected(selection: StateSelection): Prisma.Sql {
  const { kinds, contents, ruledHardware, hasUnruled, judgedIds, matchingIds } = selection;
  const arms = [Prisma.sql`false`];
  if (kinds.length > 0) {
    const pools = kinds.map(({ poolId }) => poolId);
    const ids = kinds.map(({ kindId }) => kindId);
    arms.push(Prisma.sql`(device."kindId" = ANY(${[...new Set(ids)]}) AND (device."poolId", device."kindId") IN (
      SELECT * FROM unnest(${pools}::uuid[], ${ids}::int[])
    ))`);
  }
  if (contents.length > 0) {
    arms.push(isContent(contents));
  }
  if (hasUnruled) {
    arms.push(Prisma.sql`device."poolId" IS NULL`);
    arms.push(
      Prisma.sql`(device."kindId" IS NULL AND device."hardwareKey" <> ALL(${[...ruledHardware]}))`,
    );
  }
  const isAlone = Prisma.sql`device."id" = ANY(${[...matchingIds]}::uuid[])`;
  return Prisma.sql`(
    (device."id" <> ALL(${[...judgedIds]}::uuid[]) AND (${Prisma.join(arms, " OR ")})) OR ${isAlone}
  )`;
}

function isContent(contents: StateSelection["contents"]): Prisma.Sql {
  const rows = contents.map(({ poolId, hardware, installed }) => ({
    poolId,
    hardwareKey: hardwareKey(hardware),
    installed,
  }));
  return Prisma.sql`(
    device."kindId" IS NULL AND (device."poolId", device."hardwareKey", device."installed") IN (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS content ("poolId" uuid, "hardwareKey" text, "installed" jsonb)
    )
  )`;
}
