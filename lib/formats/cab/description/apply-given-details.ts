import type { Candidate } from "#formats/cab/description/complete-candidate";
import { toUpdate } from "#formats/cab/description/complete-candidate";
import type { GivenDetails } from "#formats/cab/description/given-details";
import { pathKey } from "#formats/cab/description/member-paths";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type { KnownDetails, RefusedPackage } from "#formats/cab/description/model";
import { refusePackage } from "#formats/cab/description/refusals";

type GivenApplied =
  { readonly kind: "applied"; readonly candidates: readonly Candidate[] } | RefusedPackage;

/**
 * Applies the administrator's details last. They replace all fields of an image whose description is incomplete,
 * because the form showed the known fields and let the administrator correct them. A complete description is
 * kept; details that contradict it are refused, not ignored.
 */
export function applyGivenDetails(
  candidates: readonly Candidate[],
  given: readonly GivenDetails[],
): GivenApplied {
  const byPath = Map.groupBy(candidates, ({ image }) => pathKey(image.path));
  const replaced = new Map<string, Candidate[]>();
  for (const details of given) {
    const key = pathKey(details.path);
    const existing = byPath.get(key) ?? [];
    const open = existing.find((candidate) => toUpdate(candidate) === null);
    const known = toKnown(details);
    if (open !== undefined) {
      const answers = replaced.get(key) ?? [];
      replaced.set(key, [...answers, { ...open, known, source: "administrator", isCertain: true }]);
    } else if (!existing.some((candidate) => isSameAsKnown(candidate.known, known))) {
      return refuseDetails(details, existing.length > 0);
    }
  }
  return {
    kind: "applied",
    candidates: candidates.flatMap((candidate) => replace(candidate, replaced)),
  };
}

/** The details replace the incomplete candidate they were made from; other incomplete ones of that image are removed. */
function replace(
  candidate: Candidate,
  replaced: ReadonlyMap<string, readonly Candidate[]>,
): readonly Candidate[] {
  const answers = replaced.get(pathKey(candidate.image.path));
  if (answers === undefined || toUpdate(candidate) !== null) {
    return [candidate];
  }
  return answers.map(({ known, source, isCertain }) => ({
    ...candidate,
    known,
    source,
    isCertain,
  }));
}

function isSameAsKnown(known: KnownDetails, given: KnownDetails): boolean {
  return DESCRIBED_FIELDS.every(
    (field) => known[field]?.toLowerCase() === given[field]?.toLowerCase(),
  );
}

function refuseDetails({ path }: GivenDetails, isDescribed: boolean): RefusedPackage {
  return isDescribed
    ? refusePackage("contradicting_details", {
        path,
        problem: "the details given for it contradict the package's own description.",
      })
    : refusePackage("details_without_file", {
        path,
        problem: "details were given for it, but the package has no such firmware file.",
      });
}

function toKnown(details: GivenDetails): KnownDetails {
  const { deviceType, brand, model, revision, locale, version, updateType } = details;
  return { deviceType, brand, model, revision, locale, version, updateType };
}
