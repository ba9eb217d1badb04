import "server-only";

import { z } from "zod";
import { siteKey } from "#fleet/sites/model";
import { AppError } from "#foundation/core/errors";
import { toMacDigits } from "#foundation/core/search-text";
import type { DeviceIdentifier } from "#fleet/devices/identify";
import type { Db } from "#foundation/platform/db/client";
import { containing } from "#foundation/platform/db/text-filter";
import { isUniqueViolation } from "#foundation/platform/db/faults";
import type { TestDevice } from "#fleet/test-devices/model";
import { IDENTIFIER_TYPES } from "#fleet/test-devices/model";
import type { TestDeviceSearch } from "#fleet/test-devices/search-params";
import type { Prisma } from "#generated/client";

const WITH_SITE = { site: true } as const;
type TestDeviceRow = Prisma.TestDeviceGetPayload<{ include: typeof WITH_SITE }>;

const identifierTypeColumn = z.enum(IDENTIFIER_TYPES);

export async function findTestDevice(db: Db, id: string): Promise<TestDevice | null> {
  const row = await db.testDevice.findUnique({ where: { id }, include: WITH_SITE });
  return row && toTestDevice(row);
}

export async function findTestDevices(
  db: Db,
  ids: readonly string[],
): Promise<readonly TestDevice[]> {
  const rows = await db.testDevice.findMany({
    where: { id: { in: [...ids] } },
    include: WITH_SITE,
  });
  return rows.map(toTestDevice);
}

export async function existsTestDevice(db: Db): Promise<boolean> {
  return (await db.testDevice.findFirst({ select: { id: true } })) !== null;
}

export async function findEveryTestDevice(db: Db): Promise<readonly TestDevice[]> {
  const rows = await db.testDevice.findMany({
    include: WITH_SITE,
    orderBy: [{ scopeKey: "asc" }],
  });
  return rows.map(toTestDevice);
}

/** Finds the id of a site by name; null if there is none. */
export async function findSiteId(db: Db, name: string): Promise<string | null> {
  const site = await db.site.findUnique({ where: { nameKey: siteKey(name) } });
  return site?.id ?? null;
}

type Overlap = { readonly marks: readonly DeviceIdentifier[]; readonly exceptId: string | null };

/**
 * Finds another test device with one of these marks and an overlapping scope: the same site, or one of the two is
 * global. Prisma's case-insensitive `equals` is not usable, because it treats `_` as a wildcard.
 */
export async function findOverlap(
  db: Db,
  { siteId }: Pick<TestDevice, "siteId">,
  { marks, exceptId }: Overlap,
): Promise<TestDevice | null> {
  const types = marks.map(({ identifierType }) => identifierType);
  const identifiers = marks.map(({ identifier }) => identifier.toLowerCase());
  const [found] = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "TestDevice"
    WHERE ("identifierType", lower("identifier")) IN (
        SELECT * FROM unnest(${types}::text[], ${identifiers}::text[])
      )
      AND (${siteId}::uuid IS NULL OR "siteId" IS NULL OR "siteId" = ${siteId}::uuid)
      AND "id" IS DISTINCT FROM ${exceptId}::uuid
    ORDER BY "scopeKey" LIMIT 1`;
  return found === undefined ? null : findTestDevice(db, found.id);
}

/** The test devices that are registered by one of these marks. */
export async function findTestDevicesByMark(
  db: Db,
  marks: readonly DeviceIdentifier[],
): Promise<readonly TestDevice[]> {
  const types = marks.map(({ identifierType }) => identifierType);
  const identifiers = marks.map(({ identifier }) => identifier.toLowerCase());
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "TestDevice"
    WHERE ("identifierType", lower("identifier")) IN (
      SELECT * FROM unnest(${types}::text[], ${identifiers}::text[])
    )
    ORDER BY "scopeKey"`;
  return findTestDevices(
    db,
    found.map(({ id }) => id),
  );
}

export async function insertTestDevice(
  tx: Db,
  device: Omit<TestDevice, "id" | "siteName">,
): Promise<TestDevice> {
  try {
    const row = await tx.testDevice.create({
      data: {
        siteId: device.siteId,
        name: device.name,
        scopeKey: `${device.siteId ?? "global"}/${device.name.toLowerCase()}`,
        identifierType: device.identifierType,
        identifier: device.identifier,
        createdAt: device.createdAt,
        createdBy: device.createdBy,
      },
      include: WITH_SITE,
    });
    return toTestDevice(row);
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new AppError("conflict", `This scope already has a test device ${device.name}.`, {
        cause: error,
      });
    }
    throw error;
  }
}

export async function updateIdentifier(
  tx: Db,
  id: string,
  { identifierType, identifier }: Pick<TestDevice, "identifierType" | "identifier">,
): Promise<void> {
  await tx.testDevice.update({ where: { id }, data: { identifierType, identifier } });
}

export async function deleteTestDevices(tx: Db, ids: readonly string[]): Promise<void> {
  await tx.testDevice.deleteMany({ where: { id: { in: [...ids] } } });
}

/** One page of test devices and how many match. */
export async function searchTestDevices(
  db: Db,
  { q, sort, order }: TestDeviceSearch,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly testDevices: readonly TestDevice[]; readonly total: number }> {
  const text = q.trim();
  const contains = containing(text);
  const digits = toMacDigits(text);
  const where: Prisma.TestDeviceWhereInput =
    text === ""
      ? {}
      : {
          OR: [
            { name: contains },
            { identifier: contains },
            ...(digits === null ? [] : [{ identifier: containing(digits) }]),
            { site: { name: contains } },
          ],
        };
  const [rows, total] = await Promise.all([
    db.testDevice.findMany({
      where,
      include: WITH_SITE,
      orderBy: [sort === "site" ? { site: { name: order } } : { [sort]: order }, { id: "asc" }],
      skip: window.skip,
      take: window.take,
    }),
    db.testDevice.count({ where }),
  ]);
  return { testDevices: rows.map(toTestDevice), total };
}

function toTestDevice(row: TestDeviceRow): TestDevice {
  return {
    id: row.id,
    siteId: row.siteId,
    siteName: row.site?.name ?? null,
    name: row.name,
    identifierType: identifierTypeColumn.parse(row.identifierType),
    identifier: row.identifier,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
  };
}
