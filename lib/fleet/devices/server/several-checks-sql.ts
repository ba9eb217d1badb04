import "server-only";

/**
 * A part of the statement that writes checks: the phones with more than one check in the batch, as the common table
 * expression `several`. What depends on the order of checks is computed only for them: the innermost query finds them first, because they are few.
 */
export const SEVERAL_CHECKS = `
  SELECT "deviceKey", count(*) AS "checks", count("serialNumber") AS "serialNumber", count("serialKey") AS "serialKey",
    count("userName") AS "userName", min("serialNumber" COLLATE "C") AS "least", max("serialNumber" COLLATE "C") AS "most"
  FROM "StagedCheck" WHERE "deviceKey" IN (
    SELECT "deviceKey" FROM "StagedCheck" WHERE "deviceKey" IS NOT NULL GROUP BY "deviceKey" HAVING count(*) > 1
  ) GROUP BY "deviceKey"`;
