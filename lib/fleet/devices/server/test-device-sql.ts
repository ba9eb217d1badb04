import "server-only";
import { Prisma } from "#generated/client";
import {
  NO_PHONES_MAC_ADDRESS,
  PLACEHOLDER_SERIAL_NUMBERS,
  REPEATED_CHARACTER,
} from "#foundation/core/identifying";

/**
 * Whether a device is a test device of its pool's site: `isTestDevice` of the rule table in SQL, because the list
 * filters by it; an integration test compares both. `device` is the row of the device, `pool` the row of its pool.
 */
export const IS_TEST_DEVICE = Prisma.sql`EXISTS (
  SELECT FROM "TestDevice" test
  WHERE (test."siteId" IS NULL OR test."siteId" = pool."siteId")
    AND (
      (test."identifierType", lower(test."identifier")) IN (
        ('MACAddress', lower(device."macAddress")), ('SerialNumber', lower(device."serialNumber"))
      )
      OR (
        device."serialChanges" <> '[]' AND device."macAddress" IS NOT NULL
        AND test."identifierType" = 'SerialNumber' AND lower(test."identifier") IN (
          SELECT lower(change ->> 'serialNumber') FROM jsonb_array_elements(device."serialChanges") change
          WHERE change ->> 'channel' = 'pending'
        )
      )
    )
    AND CASE test."identifierType"
      WHEN 'MACAddress' THEN test."identifier" !~ ${NO_PHONES_MAC_ADDRESS}
      ELSE ${isIdentifyingSerialNumber(Prisma.sql`test."identifier"`)}
    END
)`;

/** For registered serial numbers, which contain no punctuation except these two characters. */
function isIdentifyingSerialNumber(identifier: Prisma.Sql): Prisma.Sql {
  const bare = Prisma.sql`lower(translate(${identifier}, '-_', ''))`;
  return Prisma.sql`(
    ${bare} !~ ${REPEATED_CHARACTER} AND ${bare} <> ALL(${[...PLACEHOLDER_SERIAL_NUMBERS]})
  )`;
}
