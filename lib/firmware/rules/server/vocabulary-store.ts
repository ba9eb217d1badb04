import "server-only";

import type { Db } from "#foundation/platform/db/client";

/** The distinct device types and update types of all rules. */
export async function findTypes(
  db: Db,
): Promise<{ readonly deviceTypes: string[]; readonly updateTypes: string[] }> {
  const deviceTypes = await db.updateRule.findMany({
    distinct: ["deviceType"],
    select: { deviceType: true },
  });
  const updateTypes = await db.updateRule.findMany({
    distinct: ["updateType"],
    select: { updateType: true },
  });
  return {
    deviceTypes: deviceTypes.map(({ deviceType }) => deviceType),
    updateTypes: updateTypes.map(({ updateType }) => updateType),
  };
}
