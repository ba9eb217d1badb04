import { applyGivenDetails } from "#formats/cab/description/apply-given-details";
import {
  completeCandidate,
  toUndescribed,
  toUpdate,
  unmentioned,
} from "#formats/cab/description/complete-candidate";
import type { Candidate } from "#formats/cab/description/complete-candidate";
import { indexMembers } from "#formats/cab/description/find-named-member";
import type { GivenDetails } from "#formats/cab/description/given-details";
import { ignoreMember, ignoreUndecoded } from "#formats/cab/description/refusals";
import { groupByPath, isSideFile, roleOf } from "#formats/cab/description/member-paths";
import { mergeUpdates } from "#formats/cab/description/merge-updates";
import type {
  DescribedUpdate,
  IgnoredMember,
  PackageDescription,
  PackageMember,
  RefusedPackage,
  Vocabulary,
} from "#formats/cab/description/model";
import { NO_VOCABULARY } from "#formats/cab/description/model";
import { isManifest, readManifest } from "#formats/cab/description/read-manifest";
import type { ManifestUpdate } from "#formats/cab/description/read-manifest";
import { createSidecarReader } from "#formats/cab/description/read-sidecar";
import {
  ignoreUnusable,
  isHostileName,
  hasNameProblem,
  isUsableImage,
  refuseUnusable,
} from "#formats/cab/description/unusable-member";

/**
 * Finds out which phones the images of a package are for. The sources are used in order, each for the fields that
 * the earlier ones lack: `updateInfo.xml`, the folders, a description next to the image, the administrator. Pure:
 * the same members and details always give the same result, so an import can be resumed or explained later.
 */
export function describePackage(
  members: readonly PackageMember[],
  given: readonly GivenDetails[] = [],
  vocabulary: Vocabulary = NO_VOCABULARY,
): PackageDescription {
  const manifests = readManifests(members, vocabulary);
  if (manifests.kind === "refused") {
    return manifests;
  }
  const found = findCandidates(members, manifests.updates);
  if (found.kind === "refused") {
    return found;
  }
  const completed = applyGivenDetails(found.candidates, given);
  if (completed.kind === "refused") {
    return completed;
  }
  return toDescription(members, completed.candidates, manifests.notUnderstood);
}

type ManifestReadings = {
  readonly kind: "read";
  readonly updates: readonly ManifestUpdate[];
  readonly notUnderstood: readonly IgnoredMember[];
};

function readManifests(
  members: readonly PackageMember[],
  vocabulary: Vocabulary,
): ManifestReadings | RefusedPackage {
  const index = indexMembers(members);
  const updates: ManifestUpdate[] = [];
  const notUnderstood: IgnoredMember[] = [];
  for (const manifest of members.filter(({ path }) => isManifest(path))) {
    const reading = readManifest(manifest, index, vocabulary);
    if (reading.kind === "refused") {
      return reading;
    }
    if (reading.kind === "read") {
      updates.push(...reading.updates);
    } else {
      notUnderstood.push(reading.reason);
    }
  }
  return { kind: "read", updates, notUnderstood };
}

type FoundCandidates =
  { readonly kind: "found"; readonly candidates: readonly Candidate[] } | RefusedPackage;

/** The images of the package. An unusable file refuses the package only if an update uses it. */
function findCandidates(
  members: readonly PackageMember[],
  mentioned: readonly ManifestUpdate[],
): FoundCandidates {
  const sources = { byPath: groupByPath(members), readSidecar: createSidecarReader(members) };
  const mentionedPaths = new Set(mentioned.map(({ image }) => image.path));
  const named = mentioned.map((update) => completeCandidate(update, sources));
  const others = members
    .filter(({ path }) => roleOf(path) === "image" && !mentionedPaths.has(path))
    .map((image) => completeCandidate(unmentioned(image), sources));
  const used = others.filter(
    (candidate) => toUpdate(candidate) !== null || isHostileName(candidate.image),
  );
  const refusal = [...named, ...used].map(refuseUnusableFiles).find((found) => found !== null);
  if (refusal !== undefined) {
    return refusal;
  }
  const candidates = [...named, ...others.filter(({ image }) => isUsableImage(image))];
  return candidates.length > 0
    ? { kind: "found", candidates }
    : findUnknownKinds(members, { unusable: others.map(({ image }) => image), sources });
}

function refuseUnusableFiles({ image, signature }: Candidate): RefusedPackage | null {
  return (
    refuseUnusable(image, "image") ??
    (signature === null ? null : refuseUnusable(signature, "signature"))
  );
}

type NoImages = {
  readonly unusable: readonly PackageMember[];
  readonly sources: Parameters<typeof completeCandidate>[1];
};

/** Without a known firmware extension, every file that can be firmware is offered to the administrator. */
function findUnknownKinds(
  members: readonly PackageMember[],
  { unusable, sources }: NoImages,
): FoundCandidates {
  const refusal = unusable.map((image) => refuseUnusable(image, "image")).find(Boolean);
  if (refusal !== undefined && refusal !== null) {
    return refusal;
  }
  const choices = members.filter((member) => isUsableImage(member) && !isManifest(member.path));
  if (choices.every(({ path }) => isSideFile(path))) {
    return {
      kind: "refused",
      reason: "no_firmware",
      path: null,
      message: "The package contains no firmware file.",
      values: {},
    };
  }
  const candidates = choices.map((image) => ({
    ...completeCandidate(unmentioned(image), sources),
    isCertain: false,
  }));
  return { kind: "found", candidates };
}

function toDescription(
  members: readonly PackageMember[],
  candidates: readonly Candidate[],
  notUnderstood: readonly IgnoredMember[],
): PackageDescription {
  const described = candidates.map((candidate) => ({ candidate, update: toUpdate(candidate) }));
  const merged = mergeUpdates(described.flatMap(({ update }) => update ?? []));
  if (merged.kind === "refused") {
    return merged;
  }
  const undescribed = described.flatMap(({ candidate, update }) =>
    update === null ? [toUndescribed(candidate)] : [],
  );
  const used = new Set([...pathsOf(merged.updates), ...undescribed.map(({ path }) => path)]);
  return {
    kind: "described",
    updates: merged.updates,
    undescribed,
    ignored: [...notUnderstood, ...listUnused(members, used)],
  };
}

function pathsOf(updates: readonly DescribedUpdate[]): readonly string[] {
  return updates.flatMap(({ files }) => files.map(({ path }) => path));
}

/** Manifests are omitted: they were read, or the list already has them with the reason. */
function listUnused(
  members: readonly PackageMember[],
  used: ReadonlySet<string>,
): readonly IgnoredMember[] {
  return members
    .filter(
      (member) => !isManifest(member.path) && (!used.has(member.path) || hasNameProblem(member)),
    )
    .map(
      (member) =>
        ignoreUnusable(member) ?? ignoreUndecoded(member) ?? ignoreMember(member.path, "no_image"),
    );
}
