import "server-only";
import { Prisma } from "#generated/client";
import type { DeviceSearch, DeviceSortColumn } from "#fleet/devices/search-params";

/**
 * The order of a list of devices. `device` is the row of the device; `CTES` and `JOINS` come with it. Values that many
 * phones share are ranked once, because PostgreSQL sorts 100,000 numbers much faster than texts.
 */
export type DeviceOrder = {
  /** Common table expressions, each followed by a comma. */
  readonly ctes: Prisma.Sql;
  readonly joins: Prisma.Sql;
  readonly order: Prisma.Sql;
};

type SortValue = Omit<DeviceOrder, "order"> & { readonly value: Prisma.Sql };

const SORT_VALUES = {
  model: ofKind((row) => Prisma.sql`lower(${row}."model")`),
  version: ofKind((row) => Prisma.sql`${row}."version"`),
  pool: {
    ctes: Prisma.sql`ranked AS MATERIALIZED (
      SELECT "id", row_number() OVER (ORDER BY "fqdn") AS "place" FROM "Pool"
    ),`,
    joins: Prisma.sql`LEFT JOIN ranked ON ranked."id" = device."poolId"`,
    value: Prisma.sql`ranked."place"`,
  },
  lastSeenAt: ofDevice(Prisma.sql`device."lastSeenAt"`),
  address: ofDevice(Prisma.sql`device."address"`),
  macAddress: ofDevice(Prisma.sql`device."macAddress"`),
  serialNumber: ofDevice(Prisma.sql`device."serialNumber"`),
} as const satisfies Record<DeviceSortColumn, SortValue>;

const DIRECTIONS = {
  asc: Prisma.sql`ASC NULLS LAST`,
  desc: Prisma.sql`DESC NULLS LAST`,
} as const satisfies Record<DeviceSearch["order"], Prisma.Sql>;

export function toOrder({ sort, order }: Pick<DeviceSearch, "sort" | "order">): DeviceOrder {
  const { ctes, joins, value } = SORT_VALUES[sort];
  // The id breaks ties: without it a row can appear on two pages, or on none.
  return { ctes, joins, order: Prisma.sql`${value} ${DIRECTIONS[order]}, device."id" ASC` };
}

function ofDevice(value: Prisma.Sql): SortValue {
  return { ctes: Prisma.empty, joins: Prisma.empty, value };
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
      LEFT JOIN "rankedKind" ON "rankedKind"."id" = device."kindId"
      LEFT JOIN ranked
        ON ranked."value" = CASE WHEN device."kindId" IS NULL THEN ${ofRow} END`,
    value: Prisma.sql`coalesce("rankedKind"."place", ranked."place")`,
  };
}
