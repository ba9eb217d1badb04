import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type {
  CandidateRule,
  CheckPool,
  OfferedRelease,
  RegisteredTestDevice,
  RuleSnapshot,
} from "#phones/check/model";
import { MARK_TYPES } from "#fleet/devices/identify";
import type { ContentFault } from "#firmware/files/model";
import { CONTENT_PROBLEMS } from "#firmware/files/model";
import type { SameVersions } from "#foundation/core/version";
import { allNetworksUnchecked } from "#fleet/sites/server/all-networks";
import type { Db } from "#foundation/platform/db/client";
import { FILE_ROLES } from "#firmware/rules/model";

/** Throws if the database does not answer. */
export async function ping(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}

/** How long the oldest job has waited while no job runs, in seconds; 0 if no job waits or one runs. */
export async function findQueueDelay(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<[{ seconds: number | null }]>`
    SELECT extract(epoch FROM now() - min(run_at))::float8 AS seconds FROM graphile_worker.jobs
    WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now()
      AND NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE locked_at IS NOT NULL)`;
  return row.seconds ?? 0;
}

export async function hasContent(db: Db): Promise<boolean> {
  return (await db.blob.findFirst({ select: { sha256: true } })) !== null;
}

/** A hash of everything in a snapshot. Cheap enough to compute every half minute. */
export async function findStamp(db: Db): Promise<string> {
  const [row] = await db.$queryRaw<[{ stamp: string }]>`
    SELECT concat_ws('/',
      (SELECT sum(hashtextextended(pool::text, 0)) FROM "Pool" pool),
      (SELECT sum(hashtextextended(rule::text, 0)) FROM "UpdateRule" rule),
      (SELECT sum(hashtextextended(test::text, 0)) FROM "TestDevice" test),
      (SELECT sum(hashtextextended(placed::text, 0)) FROM "SiteNetwork" placed),
      (SELECT sum(hashtextextended(suspended::text, 0)) FROM "SuspendedOffer" suspended),
      (SELECT sum(hashtextextended(same::text, 0)) FROM "VersionMatch" same),
      (SELECT sum(hashtextextended("ruleId"::text, 0)) FROM "RollOut"
        WHERE "endedAt" IS NULL AND "haltedAt" IS NOT NULL),
      (SELECT sum(hashtextextended(concat_ws('/', "sha256", "problem", "problemSince"), 0))
        FROM "Blob" WHERE "problem" IS NOT NULL),
      (SELECT sum(hashtextextended(known::text, 0)) FROM (${KNOWN_TEST_PHONES}) known)
    ) AS "stamp"`;
  return row.stamp;
}

/** Reads the input of the rule table. Consistent only inside a transaction with repeatable reads. */
export async function findSnapshot(tx: Db, loadedAt: Date): Promise<RuleSnapshot> {
  const stamp = await findStamp(tx);
  const pools = await findPools(tx);
  const rules = await findRules(tx);
  const testDevices = await findTestDevices(tx);
  const suspendedOffers = await tx.suspendedOffer.findMany({
    select: { deviceKey: true, updateType: true, version: true },
  });
  const networks = await allNetworksUnchecked(tx);
  return { stamp, loadedAt, pools, rules, testDevices, networks, suspendedOffers };
}

/**
 * The MAC addresses of phones that report the serial number of a test device, or that reported it before the update to
 * a pending version.
 */
const KNOWN_TEST_PHONES = Prisma.sql`
  SELECT test."id", device."macAddress", true AS "isReporting"
  FROM "TestDevice" test
  JOIN "Device" device ON lower(device."serialNumber") = lower(test."identifier")
  WHERE test."identifierType" = 'SerialNumber' AND device."macAddress" IS NOT NULL
  UNION
  SELECT test."id", device."macAddress", false
  FROM "Device" device
  CROSS JOIN LATERAL jsonb_array_elements(device."serialChanges") change
  JOIN "TestDevice" test
    ON test."identifierType" = 'SerialNumber'
    AND lower(test."identifier") = lower(change ->> 'serialNumber')
  WHERE device."serialChanges" <> '[]' AND device."macAddress" IS NOT NULL
    AND change ->> 'channel' = 'pending'`;

const testDeviceRows = z.array(
  z.object({
    siteId: z.string().nullable(),
    identifierType: z.enum(MARK_TYPES),
    identifier: z.string(),
    reportingMacAddresses: z.array(z.string()),
    updatedMacAddresses: z.array(z.string()),
  }),
);

async function findTestDevices(tx: Db): Promise<readonly RegisteredTestDevice[]> {
  const rows = await tx.$queryRaw`
    SELECT
      test."siteId", test."identifierType", test."identifier",
      coalesce(array_agg(known."macAddress") FILTER (WHERE known."isReporting"), '{}')
        AS "reportingMacAddresses",
      coalesce(array_agg(known."macAddress") FILTER (WHERE NOT known."isReporting"), '{}')
        AS "updatedMacAddresses"
    FROM "TestDevice" test LEFT JOIN (${KNOWN_TEST_PHONES}) known ON known."id" = test."id"
    GROUP BY test."id"`;
  return testDeviceRows.parse(rows);
}

async function findPools(tx: Db): Promise<readonly CheckPool[]> {
  return tx.pool.findMany({
    select: {
      id: true,
      fqdn: true,
      siteId: true,
      internalBaseUrl: true,
      externalBaseUrl: true,
      sipDomains: true,
      isDefault: true,
    },
  });
}

async function findRules(
  tx: Db,
): Promise<readonly (CandidateRule & { readonly poolId: string })[]> {
  const releases = await findHeldReleases(tx);
  const matches = await findMatches(tx);
  const halted = await findHaltedRules(tx);
  const rows = await tx.updateRule.findMany({
    select: {
      id: true,
      poolId: true,
      deviceType: true,
      brand: true,
      model: true,
      revision: true,
      locale: true,
      updateType: true,
      hardwareKey: true,
      approvedReleaseId: true,
      pendingReleaseId: true,
      restoreReleaseId: true,
    },
    // Gives the modules of an answer a stable order.
    orderBy: [{ updateType: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    poolId: row.poolId,
    updateType: row.updateType,
    hardware: {
      deviceType: row.deviceType,
      brand: row.brand,
      model: row.model,
      revision: row.revision,
      locale: row.locale,
    },
    approved: pick(releases, row.approvedReleaseId),
    pending: pick(releases, row.pendingReleaseId),
    restore: pick(releases, row.restoreReleaseId),
    sameVersions: (matches.get(row.hardwareKey) ?? []).filter(
      (match) => match.poolId === null || match.poolId === row.poolId,
    ),
    isHalted: halted.has(row.id),
  }));
}

/** The rules whose roll-out the brake halted. */
async function findHaltedRules(tx: Db): Promise<ReadonlySet<string>> {
  const rows = await tx.rollOut.findMany({
    where: { endedAt: null, haltedAt: { not: null } },
    select: { ruleId: true },
  });
  return new Set(rows.map(({ ruleId }) => ruleId));
}

type StoredMatch = SameVersions & { readonly poolId: string | null };

/** The versions that administrators declared equal, by the rules' hardware keys. */
async function findMatches(tx: Db): Promise<ReadonlyMap<string, readonly StoredMatch[]>> {
  const rows = await tx.versionMatch.findMany({
    select: { hardwareKey: true, poolId: true, packageVersion: true, reportedVersion: true },
  });
  return Map.groupBy(rows, ({ hardwareKey }) => hardwareKey);
}

const releaseFiles = z.array(
  z.object({
    role: z.enum(FILE_ROLES),
    fileName: z.string(),
    sizeBytes: z.bigint().transform(Number),
    sha256: z.string(),
  }),
);

/** The releases that rules hold, by id; a release that several pools share is read once. */
async function findHeldReleases(tx: Db): Promise<ReadonlyMap<string, OfferedRelease>> {
  const rows = await tx.release.findMany({
    where: {
      OR: [{ approvedIn: { some: {} } }, { pendingIn: { some: {} } }, { restoreIn: { some: {} } }],
    },
    select: {
      id: true,
      version: true,
      createdAt: true,
      files: {
        select: {
          role: true,
          fileName: true,
          sizeBytes: true,
          sha256: true,
          blob: { select: { problem: true, problemSince: true } },
        },
        // The image comes before its signature in answers.
        orderBy: [{ role: "asc" }, { fileNameKey: "asc" }],
      },
    },
  });
  return new Map(
    rows.map(({ id, version, createdAt, files }) => [
      id,
      {
        releaseId: id,
        version,
        createdAt,
        files: releaseFiles.parse(files),
        faults: toFaults(faultyFiles.parse(files)),
      },
    ]),
  );
}

const faultyFiles = z.array(
  z.object({
    sha256: z.string(),
    blob: z.object({
      problem: z.enum(CONTENT_PROBLEMS).nullable(),
      problemSince: z.date().nullable(),
    }),
  }),
);

function toFaults(files: z.infer<typeof faultyFiles>): ReadonlyMap<string, ContentFault> {
  return new Map(
    files.flatMap(({ sha256, blob: { problem, problemSince: since } }) =>
      problem === null || since === null ? [] : [[sha256, { problem, since }] as const],
    ),
  );
}

function pick(
  releases: ReadonlyMap<string, OfferedRelease>,
  id: string | null,
): OfferedRelease | null {
  return id === null ? null : (releases.get(id) ?? null);
}
