import "server-only";
import { z } from "zod";
import { hardwareKey } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";
import type { PhoneGroup } from "#fleet/devices/impact";
import { IS_TEST_DEVICE } from "#fleet/devices/server/test-device-sql";
import type { Db } from "#foundation/platform/db/client";

/** A rule whose phones are counted. */
export type CountedRule = {
  readonly ruleId: string;
  readonly poolFqdn: string;
  readonly hardware: Hardware;
  readonly updateType: string;
};

const groupRow = z.object({
  ruleId: z.string(),
  isTestDevice: z.boolean(),
  version: z.string().nullable(),
  phones: z.bigint().transform(Number),
  sameVersions: z.array(z.object({ packageVersion: z.string(), reportedVersion: z.string() })),
});

/** Counts the phones of each rule, grouped by installed version and by whether they are test devices. */
export async function countPhones(
  db: Db,
  rules: readonly CountedRule[],
): Promise<ReadonlyMap<string, readonly PhoneGroup[]>> {
  const batch = JSON.stringify(rules.map(toRow));
  const rows = await db.$queryRaw`
    SELECT asked."ruleId", asked."isTestDevice", asked."version", count(*) AS "phones",
      (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'packageVersion', same."packageVersion", 'reportedVersion', same."reportedVersion"
        )), '[]')
        FROM "VersionMatch" same
        WHERE same."hardwareKey" = asked."imageKey"
          AND (same."poolId" IS NULL OR same."poolId" = asked."poolId")
      ) AS "sameVersions"
    FROM (
      SELECT
        rule."ruleId",
        pool."id" AS "poolId",
        concat(rule."hardwareKey", '/', rule."updateType") AS "imageKey",
        ${IS_TEST_DEVICE} AS "isTestDevice",
        installed_versions(device."installed") ->> rule."updateType" AS "version"
      FROM jsonb_to_recordset(${batch}::jsonb) AS rule (
        "ruleId" text, "poolFqdn" text, "hardwareKey" text, "updateType" text
      )
      JOIN "Pool" pool ON pool."fqdn" = rule."poolFqdn"
      JOIN "Device" device
        ON device."poolId" = pool."id" AND device."hardwareKey" = rule."hardwareKey"
    ) asked
    GROUP BY asked."ruleId", asked."poolId", asked."imageKey", asked."isTestDevice", asked."version"`;
  return Map.groupBy(z.array(groupRow).parse(rows), ({ ruleId }) => ruleId);
}

function toRow({ ruleId, poolFqdn, hardware, updateType }: CountedRule) {
  return {
    ruleId,
    poolFqdn,
    hardwareKey: hardwareKey(hardware),
    updateType: updateType.toLowerCase(),
  };
}
