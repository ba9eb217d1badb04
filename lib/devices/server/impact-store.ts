import "server-only";
import { z } from "zod";
import { hardwareKey } from "#lib/core/hardware";
import type { Hardware } from "#lib/core/hardware";
import type { PhoneGroup } from "#lib/devices/impact";
import { IS_TEST_DEVICE } from "#lib/devices/server/test-device-sql";
import type { Db } from "#lib/platform/db/client";

/** A rule as phones are counted for it. */
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
});

/** The phones each rule applies to, counted by what they run and by whether they are test devices. */
export async function countPhones(
  db: Db,
  rules: readonly CountedRule[],
): Promise<ReadonlyMap<string, readonly PhoneGroup[]>> {
  const batch = JSON.stringify(rules.map(toRow));
  const rows = await db.$queryRaw`
    SELECT asked."ruleId", asked."isTestDevice", asked."version", count(*) AS "phones"
    FROM (
      SELECT
        rule."ruleId",
        ${IS_TEST_DEVICE} AS "isTestDevice",
        (
          SELECT module ->> 'version' FROM jsonb_array_elements(device."installed") module
          WHERE lower(module ->> 'updateType') = rule."updateType" LIMIT 1
        ) AS "version"
      FROM jsonb_to_recordset(${batch}::jsonb) AS rule (
        "ruleId" text, "poolFqdn" text, "hardwareKey" text, "updateType" text
      )
      JOIN "Pool" pool ON pool."fqdn" = rule."poolFqdn"
      JOIN "Device" device
        ON device."poolId" = pool."id" AND device."hardwareKey" = rule."hardwareKey"
    ) asked
    GROUP BY asked."ruleId", asked."isTestDevice", asked."version"`;
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
