import "server-only";
import { AppError } from "#foundation/core/errors";
import type { Hardware } from "#foundation/core/hardware";
import { imageKey, toHardware } from "#foundation/core/hardware";
import { versionKey } from "#foundation/core/version";
import type { Db } from "#foundation/platform/db/client";
import { isUniqueViolation } from "#foundation/platform/db/faults";
import type { VersionMatch } from "#firmware/rules/version-match";
import type { Prisma } from "#generated/client";

const WITH_POOL = { pool: { select: { fqdn: true } } } as const;
const ORDER = [{ hardwareKey: "asc" }, { createdAt: "asc" }, { id: "asc" }] as const;

type VersionMatchRow = Prisma.VersionMatchGetPayload<{ include: typeof WITH_POOL }>;

export async function insertVersionMatch(
  tx: Db,
  match: Omit<VersionMatch, "id" | "poolFqdn">,
): Promise<VersionMatch> {
  const { poolId, hardware, updateType, packageVersion, reportedVersion } = match;
  const hardwareKey = imageKey(hardware, updateType);
  const versionKeys = [packageVersion, reportedVersion].map(versionKey).toSorted();
  try {
    const row = await tx.versionMatch.create({
      data: {
        poolId,
        ...toHardware(hardware),
        updateType,
        hardwareKey,
        packageVersion,
        reportedVersion,
        // Versions contain no line feed.
        matchKey: [poolId ?? "all", hardwareKey, ...versionKeys].join("\n"),
        createdAt: match.createdAt,
        createdBy: match.createdBy,
      },
      include: WITH_POOL,
    });
    return toVersionMatch(row);
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new AppError("conflict", "These two versions are already declared to be the same.", {
        cause: error,
      });
    }
    throw error;
  }
}

export async function findVersionMatch(db: Db, id: string): Promise<VersionMatch | null> {
  const row = await db.versionMatch.findUnique({ where: { id }, include: WITH_POOL });
  return row && toVersionMatch(row);
}

export async function deleteVersionMatch(tx: Db, id: string): Promise<void> {
  await tx.versionMatch.delete({ where: { id } });
}

export async function findVersionMatches(db: Db): Promise<readonly VersionMatch[]> {
  const rows = await db.versionMatch.findMany({ include: WITH_POOL, orderBy: [...ORDER] });
  return rows.map(toVersionMatch);
}

/** The version matches for one kind of image in one pool, including those for all pools. */
export async function findVersionMatchesOf(
  db: Db,
  rule: { readonly poolId: string; readonly hardware: Hardware; readonly updateType: string },
): Promise<readonly VersionMatch[]> {
  const rows = await db.versionMatch.findMany({
    where: {
      hardwareKey: imageKey(rule.hardware, rule.updateType),
      OR: [{ poolId: null }, { poolId: rule.poolId }],
    },
    include: WITH_POOL,
    orderBy: [...ORDER],
  });
  return rows.map(toVersionMatch);
}

function toVersionMatch(row: VersionMatchRow): VersionMatch {
  return {
    id: row.id,
    poolId: row.poolId,
    poolFqdn: row.pool?.fqdn ?? null,
    hardware: toHardware(row),
    updateType: row.updateType,
    packageVersion: row.packageVersion,
    reportedVersion: row.reportedVersion,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
  };
}
