import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import { installedModules } from "#fleet/devices/columns";
import type { PhoneGroup } from "#fleet/devices/phone-group";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { TROUBLE_STATES } from "#fleet/devices/progress-state";
import { isInProgress } from "#fleet/devices/server/progress-state-sql";
import { toHardware } from "#foundation/core/hardware";
import { hardwareSchema } from "#foundation/core/hardware-schema";
import type { Db } from "#foundation/platform/db/client";

const groupRow = z
  .object({
    poolId: z.string().nullable(),
    installed: installedModules,
    version: z.string().nullable(),
    phones: z.bigint().transform(Number),
    silent: z.bigint().transform(Number),
    inTrouble: z.bigint().transform(Number),
    ...hardwareSchema.shape,
  })
  .transform(({ poolId, installed, version, phones, silent, inTrouble, ...hardware }) => ({
    poolId,
    installed,
    version,
    phones,
    silent,
    inTrouble,
    hardware: toHardware(hardware),
  }));

/** Counts the listed phones by pool and by what they report. Phones with a kind are counted in the narrow table. */
export async function countPhoneGroups(
  db: Db,
  limits: ProgressLimits,
): Promise<readonly PhoneGroup[]> {
  const isSilent = Prisma.sql`listed."lastSeenAt" < ${limits.silentBefore}`;
  const isInTrouble = isInProgress(TROUBLE_STATES, limits);
  const rows = await db.$queryRaw`
    SELECT counted."poolId"::text, counted."phones", counted."silent",
      coalesce(troubled."phones", 0) AS "inTrouble", kind."installed", kind."version",
      kind."deviceType", kind."brand", kind."model", kind."revision", kind."locale"
    FROM (
      SELECT "poolId", "kindId", count(*) AS "phones", count(*) FILTER (WHERE ${isSilent}) AS "silent"
      FROM "ListedDevice" listed WHERE "kindId" IS NOT NULL GROUP BY "poolId", "kindId"
    ) counted
    JOIN "PhoneKind" kind ON kind."id" = counted."kindId"
    LEFT JOIN (
      SELECT listed."poolId", listed."kindId", count(*) AS "phones"
      FROM "ListedDevice" listed WHERE ${isInTrouble} GROUP BY listed."poolId", listed."kindId"
    ) troubled ON troubled."kindId" = counted."kindId"
      AND troubled."poolId" IS NOT DISTINCT FROM counted."poolId"
    UNION ALL
    SELECT listed."poolId"::text, count(*), count(*) FILTER (WHERE ${isSilent}),
      count(*) FILTER (WHERE ${isInTrouble}), device."installed", device."version",
      min(device."deviceType"), min(device."brand"), min(device."model"), min(device."revision"),
      min(device."locale")
    FROM "ListedDevice" listed JOIN "Device" device ON device."id" = listed."deviceId"
    WHERE listed."kindId" IS NULL
    GROUP BY listed."poolId", device."hardwareKey", device."installed", device."version"`;
  return z.array(groupRow).parse(rows);
}
