import "server-only";

import type { Db } from "#foundation/platform/db/client";

/** Every device type and update type that a rule has, once each. */
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
