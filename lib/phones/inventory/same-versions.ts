import { imageKey } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";
import type { SameVersions } from "#foundation/core/version";
import { findCandidates } from "#phones/check/rule-table";
import type { PoolTable } from "#phones/check/rule-table";

/** The versions that an administrator declared equal for the kind of image of a rule. */
export function sameVersionsOf(
  pool: PoolTable | null,
  { hardware, updateType }: { readonly hardware: Hardware; readonly updateType: string },
): readonly SameVersions[] {
  const candidates = pool === null ? [] : findCandidates(pool, hardware);
  const wanted = imageKey(hardware, updateType);
  const rule = candidates.find(
    (candidate) => imageKey(candidate.hardware, candidate.updateType) === wanted,
  );
  return rule?.sameVersions ?? [];
}
