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

/** The columns whose values the kinds have. */
const KIND_VALUES = {
  model: (row: Prisma.Sql) => Prisma.sql`lower(${row}."model")`,
  version: (row: Prisma.Sql) => Prisma.sql`${row}."version"`,
} as const satisfies Partial<Record<DeviceSortColumn, (row: Prisma.Sql) => Prisma.Sql>>;

const SORT_VALUES = {
  model: ofKind(KIND_VALUES.model),
  version: ofKind(KIND_VALUES.version),
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

export type DeviceWindow = Pick<DeviceSearch, "sort" | "order"> & {
  readonly skip: number;
  readonly take: number;
};

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

export type KindWindow = DeviceWindow & { readonly sort: keyof typeof KIND_VALUES };

export function isByKind(window: DeviceWindow): window is KindWindow {
  return window.sort in KIND_VALUES;
}

/** A query for the ids of a page, in their order. */
export type PageOfIds = {
  /** Common table expressions, each followed by a comma. */
  readonly ctes: Prisma.Sql;
  readonly page: Prisma.Sql;
};

/**
 * A page of all devices in the order of a column of the kinds. The first devices of each kind are read from the index,
 * kind by kind, so that not all devices are sorted.
 */
export function toPageByKind({ sort, order, skip, take }: KindWindow): PageOfIds {
  const toValue = KIND_VALUES[sort];
  const byPlace = Prisma.sql`"place" ${DIRECTIONS[order]} NULLS LAST`;
  const most = Prisma.sql`ORDER BY ${byPlace}, "id" ASC LIMIT ${skip + take}`;
  const page = Prisma.sql`
    SELECT "id" FROM (
      (
        SELECT nearest."id", placed."place" FROM (
          SELECT kind."id", "rankedKind"."place" FROM "PhoneKind" kind
          LEFT JOIN "rankedKind" ON "rankedKind"."id" = kind."id" ORDER BY ${byPlace}
        ) placed CROSS JOIN LATERAL (
          SELECT listed."deviceId" AS "id" FROM "ListedDevice" listed
          WHERE listed."kindId" = placed."id" ORDER BY listed."deviceId" LIMIT ${skip + take}
        ) nearest ${most}
      ) UNION ALL (
        SELECT listed."deviceId" AS "id", ranked."place" FROM "Device" device
        JOIN "ListedDevice" listed ON listed."deviceId" = device."id"
        LEFT JOIN ranked ON ranked."value" = ${toValue(Prisma.sql`device`)}
        WHERE device."kindId" IS NULL ${most}
      )
    ) placed ORDER BY ${byPlace}, "id" ASC LIMIT ${take} OFFSET ${skip}`;
  return { ctes: rankKinds(toValue), page };
}

function ofDevice(value: Prisma.Sql, isNullable: boolean): SortValue {
  const joins = Prisma.sql`JOIN "Device" device ON device."id" = listed."deviceId"`;
  return { ctes: Prisma.empty, joins, value, isNullable };
}

/** A value that the kinds have, and the rows of phones without a kind. */
function ofKind(toValue: (row: Prisma.Sql) => Prisma.Sql): SortValue {
  const ofRow = toValue(Prisma.sql`device`);
  return {
    ctes: rankKinds(toValue),
    joins: Prisma.sql`
      LEFT JOIN "rankedKind" ON "rankedKind"."id" = listed."kindId"
      LEFT JOIN (SELECT * FROM "Device" WHERE "kindId" IS NULL) device ON device."id" = listed."deviceId"
      LEFT JOIN ranked ON ranked."value" = ${ofRow}`,
    value: Prisma.sql`coalesce("rankedKind"."place", ranked."place")`,
    isNullable: true,
  };
}

/** The places of all values in their order, and the place of each kind whose value is not null. */
function rankKinds(toValue: (row: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  return Prisma.sql`ranked AS MATERIALIZED (
      SELECT "value", dense_rank() OVER (ORDER BY "value") AS "place" FROM (
        SELECT ${toValue(Prisma.sql`kind`)} AS "value" FROM "PhoneKind" kind
        UNION SELECT ${toValue(Prisma.sql`device`)} FROM "Device" device WHERE device."kindId" IS NULL
      ) occurring WHERE "value" IS NOT NULL
    ), "rankedKind" AS MATERIALIZED (
      SELECT kind."id", ranked."place" FROM "PhoneKind" kind
      JOIN ranked ON ranked."value" = ${toValue(Prisma.sql`kind`)}
    ),`;
}
