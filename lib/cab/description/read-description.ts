import { applyGivenDetails } from "#lib/cab/description/apply-given-details";
import {
  completeCandidate,
  toUndescribed,
  toUpdate,
  unmentioned,
} from "#lib/cab/description/complete-candidate";
import type { Candidate } from "#lib/cab/description/complete-candidate";
import { indexMembers } from "#lib/cab/description/find-named-member";
import type { GivenDetails } from "#lib/cab/description/given-details";
import { ignoreMember } from "#lib/cab/description/ignore-member";
import { groupByPath, roleOf } from "#lib/cab/description/member-paths";
import { mergeUpdates } from "#lib/cab/description/merge-updates";
import type {
  DescribedUpdate,
  IgnoredMember,
  PackageDescription,
  PackageMember,
  RefusedPackage,
} from "#lib/cab/description/model";
import { isManifest, readManifest } from "#lib/cab/description/read-manifest";
import type { ManifestUpdate } from "#lib/cab/description/read-manifest";
import { createSidecarReader } from "#lib/cab/description/read-sidecar";

/**
 * Which phones the images of a package are for. Asked in turn, each for what the ones before left open:
 * `updateInfo.xml`, the folders, a description beside the image, the administrator. Pure: the same
 * members and details always give the same answer, so an import can be resumed or explained later.
 */
export function describePackage(
  members: readonly PackageMember[],
  given: readonly GivenDetails[] = [],
): PackageDescription {
  const manifests = readManifests(members);
  if (manifests.kind === "refused") {
    return manifests;
  }
  const candidates = toCandidates(members, manifests.updates);
  if (candidates.length === 0) {
    return {
      kind: "refused",
      reason: "no_firmware",
      path: null,
      message: "The package contains no firmware file.",
      values: {},
    };
  }
  const completed = applyGivenDetails(candidates, given);
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

function readManifests(members: readonly PackageMember[]): ManifestReadings | RefusedPackage {
  const index = indexMembers(members);
  const updates: ManifestUpdate[] = [];
  const notUnderstood: IgnoredMember[] = [];
  for (const manifest of members.filter(({ path }) => isManifest(path))) {
    const reading = readManifest(manifest, index);
    if (reading.kind === "refused") {
      return reading;
    }
    if (reading.kind === "read") {
      updates.push(...reading.updates);
    } else {
      notUnderstood.push(ignoreMember(manifest.path, reading.code));
    }
  }
  return { kind: "read", updates, notUnderstood };
}

function toCandidates(
  members: readonly PackageMember[],
  mentioned: readonly ManifestUpdate[],
): readonly Candidate[] {
  const mentionedPaths = new Set(mentioned.map(({ image }) => image.path));
  const others = members.filter(
    ({ path }) => roleOf(path) === "image" && !mentionedPaths.has(path),
  );
  const sources = { byPath: groupByPath(members), readSidecar: createSidecarReader(members) };
  return [...mentioned, ...others.map(unmentioned)].map((update) =>
    completeCandidate(update, sources),
  );
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

/** Manifests are not listed: they were read, or stand in the list already with the reason why not. */
function listUnused(
  members: readonly PackageMember[],
  used: ReadonlySet<string>,
): readonly IgnoredMember[] {
  return members
    .filter(({ path }) => !used.has(path) && !isManifest(path))
    .map(({ path }) => ignoreMember(path, "no_image"));
}
