import "server-only";
import { Prisma } from "#generated/client";
import type { DeviceSearch, DeviceSortColumn } from "#fleet/devices/search-params";

/**
 * The order of a list of devices, in which `listed` is the row of `ListedDevice`. Values that many phones share are
 * ranked once, because PostgreSQL sorts 100,000 numbers much faster than texts.
 */
export type DeviceOrder = {
  /** Common table expressions, each followed by a comma. */
  readonly ctes: Prisma.Sql;
  readonly joins: Prisma.Sql;
  readonly order: Prisma.Sql;
};

type SortValue = Omit<DeviceOrder, "order"> & {
  readonly value: Prisma.Sql;
  readonly isNullable: boolean;
};

const SORT_VALUES = {
  model: ofKind((row) => Prisma.sql`lower(${row}."model")`),
  version: ofKind((row) => Prisma.sql`${row}."version"`),
  pool: {
    ctes: Prisma.sql`ranked AS MATERIALIZED (
      SELECT "id", row_number() OVER (ORDER BY "fqdn") AS "place" FROM "Pool"
    ),`,
    joins: Prisma.sql`LEFT JOIN ranked ON ranked."id" = listed."poolId"`,
    value: Prisma.sql`ranked."place"`,
    isNullable: true,
  },
  site: {
    ctes: Prisma.sql`ranked AS MATERIALIZED (
      SELECT "id", row_number() OVER (ORDER BY "nameKey") AS "place" FROM "Site"
    ),`,
    joins: Prisma.sql`
      LEFT JOIN "SiteNetwork" network ON network."id" = listed."networkId"
      LEFT JOIN "Pool" pool ON pool."id" = listed."poolId"
      LEFT JOIN ranked ON ranked."id" = coalesce(network."siteId", pool."siteId")`,
    value: Prisma.sql`ranked."place"`,
    isNullable: true,
  },
  lastSeenAt: {
    ctes: Prisma.empty,
    joins: Prisma.empty,
    value: Prisma.sql`listed."lastSeenAt"`,
    isNullable: false,
  },
  address: ofDevice(Prisma.sql`device."address"`, false),
  macAddress: ofDevice(Prisma.sql`device."macAddress"`, true),
  serialNumber: ofDevice(Prisma.sql`device."serialNumber"`, true),
} as const satisfies Record<DeviceSortColumn, SortValue>;

export const DIRECTIONS = {
  asc: Prisma.sql`ASC`,
  desc: Prisma.sql`DESC`,
} as const satisfies Record<DeviceSearch["order"], Prisma.Sql>;

export function toOrder({ sort, order }: Pick<DeviceSearch, "sort" | "order">): DeviceOrder {
  const { ctes, joins, value, isNullable } = SORT_VALUES[sort];
  // An index has this order backwards only if nothing is said about nulls.
  const nulls = isNullable ? Prisma.sql`NULLS LAST` : Prisma.empty;
  // The id breaks ties: without it a row can appear on two pages, or on none.
  const ties = Prisma.sql`listed."deviceId" ASC`;
  return { ctes, joins, order: Prisma.sql`${value} ${DIRECTIONS[order]} ${nulls}, ${ties}` };
}

function ofDevice(value: Prisma.Sql, isNullable: boolean): SortValue {
  const joins = Prisma.sql`JOIN "Device" device ON device."id" = listed."deviceId"`;
  return { ctes: Prisma.empty, joins, value, isNullable };
}

/** A value that the kinds have, and the rows of phones without a kind. */
function ofKind(toValue: (row: Prisma.Sql) => Prisma.Sql): SortValue {
  const ofRow = toValue(Prisma.sql`device`);
  return {
    ctes: Prisma.sql`ranked AS MATERIALIZED (
      SELECT "value", dense_rank() OVER (ORDER BY "value") AS "place" FROM (
        SELECT ${toValue(Prisma.sql`kind`)} AS "value" FROM "PhoneKind" kind
        UNION SELECT ${ofRow} FROM "Device" device WHERE device."kindId" IS NULL
      ) occurring WHERE "value" IS NOT NULL
    ), "rankedKind" AS MATERIALIZED (
      SELECT kind."id", ranked."place" FROM "PhoneKind" kind
      JOIN ranked ON ranked."value" = ${toValue(Prisma.sql`kind`)}
    ),`,
    joins: Prisma.sql`
      LEFT JOIN "rankedKind" ON "rankedKind"."id" = listed."kindId"
      LEFT JOIN (SELECT * FROM "Device" WHERE "kindId" IS NULL) device ON device."id" = listed."deviceId"
      LEFT JOIN ranked ON ranked."value" = ${ofRow}`,
    value: Prisma.sql`coalesce("rankedKind"."place", ranked."place")`,
    isNullable: true,
  };
}
