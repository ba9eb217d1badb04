import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { Capture, CaptureLosses, CaptureRecord, CaptureSummary } from "#phones/captures/model";
import { CAPTURE_REASONS } from "#phones/captures/model";
import type { CaptureSearch } from "#phones/captures/search-params";
import { DIALECTS, SIDES } from "#fleet/devices/model";
import { toMacDigits } from "#foundation/core/search-text";
import { toTimeRange } from "#foundation/core/time";
import type { Db } from "#foundation/platform/db/client";
import { containing } from "#foundation/platform/db/text-filter";

/** Older losses are not read. */
const KEEP_LOSSES_HOURS = 48;

const lossRow = z.object({ overRate: z.number(), dropped: z.number() });

const words = z.object({
  reason: z.enum(CAPTURE_REASONS),
  side: z.enum(SIDES),
  dialect: z.enum(DIALECTS),
});

type CaptureFilter = Pick<CaptureSearch, "q" | "reason"> &
  Partial<Pick<CaptureSearch, "from" | "to">>;

const capturedHeaders = z.array(z.tuple([z.string(), z.string()]));

export async function insertCaptures(db: Db, captures: readonly CaptureRecord[]): Promise<void> {
  await db.capture.createMany({
    data: captures.map((capture) => ({
      at: capture.at,
      reason: capture.reason,
      side: capture.side,
      dialect: capture.dialect,
      address: capture.address,
      method: capture.method,
      target: capture.target,
      headers: capture.headers.map((header) => [...header]),
      body: Uint8Array.from(capture.body),
      isTruncated: capture.isTruncated,
      status: capture.status,
      deviceKey: capture.deviceKey,
    })),
  });
}

/** One page of captures. Bodies are not read, only their sizes. */
export async function searchCaptures(
  db: Db,
  search: CaptureSearch,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<readonly CaptureSummary[]> {
  const rows = await db.capture.findMany({
    where: toWhere(search),
    select: {
      id: true,
      at: true,
      reason: true,
      side: true,
      dialect: true,
      address: true,
      method: true,
      target: true,
      isTruncated: true,
      status: true,
      deviceKey: true,
    },
    orderBy: [{ at: search.order }, { id: search.order }],
    skip,
    take,
  });
  const sizes = await findSizes(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, ...words.parse(row), sizeBytes: sizes.get(row.id) ?? 0 }));
}

export async function countCaptures(db: Db, search: CaptureFilter): Promise<number> {
  return db.capture.count({ where: toWhere(search) });
}

export async function findCaptureById(db: Db, id: string): Promise<Capture | null> {
  const row = await db.capture.findUnique({ where: { id } });
  return row === null
    ? null
    : { ...row, ...words.parse(row), headers: capturedHeaders.parse(row.headers) };
}

export async function deleteCaptures(db: Db, ids: readonly string[]): Promise<number> {
  const { count } = await db.capture.deleteMany({ where: { id: { in: [...ids] } } });
  return count;
}

export async function deleteEveryCapture(db: Db): Promise<number> {
  const { count } = await db.capture.deleteMany();
  return count;
}

export async function deleteOldCaptures(db: Db, before: Date): Promise<void> {
  await db.capture.deleteMany({ where: { at: { lt: before } } });
}

/** Keeps only the newest captures. */
export async function deleteSurplusCaptures(db: Db, keep: number): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "Capture" WHERE "id" IN (
      SELECT "id" FROM "Capture" ORDER BY "at" DESC, "id" DESC OFFSET ${keep}
    )`;
}

/** Adds to the losses of the current hour. */
export async function addCaptureLosses(
  db: Db,
  { overRate, dropped }: CaptureLosses,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "CaptureLoss" AS known ("since", "overRate", "dropped")
    VALUES (date_trunc('hour', now(), 'UTC'), ${overRate}, ${dropped})
    ON CONFLICT ("since") DO UPDATE
      SET "overRate" = known."overRate" + excluded."overRate",
        "dropped" = known."dropped" + excluded."dropped"`;
}

/** The losses of all processes and hosts in the last 24 hours. */
export async function sumCaptureLosses(db: Db): Promise<CaptureLosses> {
  const rows = await db.$queryRaw`
    SELECT coalesce(sum("overRate"), 0)::int AS "overRate", coalesce(sum("dropped"), 0)::int AS "dropped"
    FROM "CaptureLoss" WHERE "since" > now() - interval '24 hours'`;
  return lossRow.parse(z.array(z.unknown()).parse(rows)[0]);
}

export async function deleteOldCaptureLosses(db: Db): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "CaptureLoss" WHERE "since" < now() - make_interval(hours => ${KEEP_LOSSES_HOURS})`;
}

async function findSizes(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await db.$queryRaw<{ id: string; size: number }[]>`
    SELECT "id", octet_length("body") AS "size" FROM "Capture"
    WHERE "id" IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`;
  return new Map(rows.map(({ id, size }) => [id, size]));
}

function toWhere({
  q,
  reason,
  from: first = "",
  to = "",
}: CaptureFilter): Prisma.CaptureWhereInput {
  const { from, before } = toTimeRange(first, to);
  const text = q.trim();
  const contains = containing(text);
  const digits = toMacDigits(text);
  return {
    at: { ...(from && { gte: from }), ...(before && { lt: before }) },
    ...(reason.length === 0 ? {} : { reason: { in: [...reason] } }),
    ...(text === ""
      ? {}
      : {
          OR: [
            { address: contains },
            { target: contains },
            { deviceKey: contains },
            ...(digits === null ? [] : [{ deviceKey: containing(digits) }]),
          ],
        }),
  };
}
