import type { AuditFact } from "#foundation/audit/model";
import type { Hardware } from "#foundation/core/hardware";
import { toHardware } from "#foundation/core/hardware";
import type { SameVersions } from "#foundation/core/version";

/** The scope of a version match: the rule's pool, or all pools. */
export const VERSION_MATCH_SCOPES = ["pool", "all_pools"] as const;

/** An administrator's declaration that a package version and a reported version of one kind of image are the same. */
export type VersionMatch = SameVersions & {
  readonly id: string;
  /** Null: all pools. */
  readonly poolId: string | null;
  readonly poolFqdn: string | null;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly createdAt: Date;
  readonly createdBy: string;
};

/** A version match as scripts read it. */
export type VersionMatchRecord = Omit<
  VersionMatch,
  "poolId" | "poolFqdn" | "hardware" | "createdAt"
> &
  Hardware & {
    /** Null: all pools. */
    readonly pool: string | null;
    readonly createdAt: string;
  };

export function toVersionMatchRecord(match: VersionMatch): VersionMatchRecord {
  const { id, poolFqdn, hardware, updateType, packageVersion, reportedVersion } = match;
  const { createdAt, createdBy } = match;
  return {
    id,
    pool: poolFqdn,
    ...toHardware(hardware),
    updateType,
    packageVersion,
    reportedVersion,
    createdAt: createdAt.toISOString(),
    createdBy,
  };
}

/** The audit fact of a version match. */
export function versionMatchFact(
  action: "version_match.created" | "version_match.revoked",
  match: VersionMatch,
): AuditFact {
  const { brand, model, revision, locale } = match.hardware;
  return {
    action,
    subject: {
      kind: "version_match",
      id: match.id,
      name: `${brand} ${model} ${revision} ${locale} ${match.updateType}`,
    },
    facts: {
      packageVersion: match.packageVersion,
      reportedVersion: match.reportedVersion,
      pool: match.poolFqdn,
    },
  };
}
