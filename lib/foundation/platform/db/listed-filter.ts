import "server-only";
import { Prisma } from "#generated/client";

/**
 * Whether a phone is not retired; `row` is a row of `Device`. Every query that counts or lists phones and reads `Device`
 * itself has this condition. A query that reads `ListedDevice` needs none: retired phones have no row there.
 */
export function isListed(row: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${row}."retiredAt" IS NULL`;
}
