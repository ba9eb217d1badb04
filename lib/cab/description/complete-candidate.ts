import {
  baseNameOf,
  extensionOf,
  fileNameOf,
  findCompanion,
} from "#lib/cab/description/member-paths";
import type { MembersByPath } from "#lib/cab/description/member-paths";
import { isUsableField } from "#lib/cab/description/field-rules";
import type {
  DescribedFile,
  DescribedFileRole,
  DescribedUpdate,
  DescriptionSource,
  KnownDetails,
  PackageMember,
  UndescribedMember,
} from "#lib/cab/description/model";
import {
  completeWith,
  guessVersion,
  isSameKnowledge,
  NOTHING_KNOWN,
  readPathLayout,
} from "#lib/cab/description/path-layout";
import type { ManifestUpdate } from "#lib/cab/description/read-manifest";
import type { SidecarReader } from "#lib/cab/description/read-sidecar";

/** An image with all that could be found out about it. */
export type Candidate = {
  readonly image: PackageMember;
  readonly known: KnownDetails;
  /** The last source that contributed; null where none did. */
  readonly source: DescriptionSource | null;
  readonly signature: PackageMember | null;
  readonly description: PackageMember | null;
};

type CandidateSources = {
  readonly byPath: MembersByPath;
  readonly readSidecar: SidecarReader;
};

/** Asks path and sidecar, in this order, for what the manifest left open. */
export function completeCandidate(
  { image, known, signature, description }: ManifestUpdate,
  { byPath, readSidecar }: CandidateSources,
): Candidate {
  const withPath = completeWith(known, readPathLayout(image.path));
  const fromPath = completeWith(withPath, defaultUpdateType(image, withPath));
  const sidecar = isComplete(fromPath) ? null : readSidecar(image);
  const all = completeWith(fromPath, sidecar?.known ?? NOTHING_KNOWN);
  return {
    image,
    known: all,
    source: lastSource([known, withPath], [fromPath, all]),
    signature: signature ?? findCompanion(image, "cat", byPath),
    description: description ?? sidecar?.member ?? findCompanion(image, "xml", byPath),
  };
}

/** An image of which no manifest speaks. */
export function unmentioned(image: PackageMember): ManifestUpdate {
  return { image, known: NOTHING_KNOWN, signature: null, description: null };
}

/** Null while anything is still unknown. */
export function toUpdate(candidate: Candidate): DescribedUpdate | null {
  const { deviceType, brand, model, revision, locale, version, updateType } = candidate.known;
  if (deviceType === null || brand === null || model === null || revision === null) {
    return null;
  }
  if (locale === null || version === null || updateType === null) {
    return null;
  }
  return {
    hardware: { deviceType, brand, model, revision, locale },
    updateType,
    version,
    files: filesOf(candidate),
    describedBy: candidate.source ?? "path",
  };
}

/** What the form starts from: also guesses that are not good enough to act upon. */
export function toUndescribed({ image, known }: Candidate): UndescribedMember {
  const baseName = baseNameOf(image.path);
  return {
    path: image.path,
    fileName: fileNameOf(image.path),
    sizeBytes: image.sizeBytes,
    sha256: image.sha256,
    known: completeWith(known, {
      ...NOTHING_KNOWN,
      version: guessVersion(image.path),
      updateType: isUsableField(baseName) ? baseName : null,
    }),
  };
}

/**
 * The original's update type is the name of its image (`CPE` for `CPE.nbt`). Other vendors' file names
 * carry versions, which would make every version a rule of its own; there the administrator decides.
 */
function defaultUpdateType(image: PackageMember, known: KnownDetails): KnownDetails {
  const baseName = baseNameOf(image.path);
  const isLyncImage = extensionOf(image.path) === "nbt" && isUsableField(baseName);
  return { ...NOTHING_KNOWN, updateType: known.updateType ?? (isLyncImage ? baseName : null) };
}

function isComplete(known: KnownDetails): boolean {
  return !Object.values(known).includes(null);
}

function lastSource(
  [manifest, path]: readonly [KnownDetails, KnownDetails],
  [beforeSidecar, all]: readonly [KnownDetails, KnownDetails],
): DescriptionSource | null {
  if (!isSameKnowledge(beforeSidecar, all)) {
    return "sidecar";
  }
  if (!isSameKnowledge(manifest, path)) {
    return "path";
  }
  return isSameKnowledge(manifest, NOTHING_KNOWN) ? null : "updateInfo";
}

function filesOf({ image, signature, description }: Candidate): readonly DescribedFile[] {
  return [
    toFile("image", image),
    ...(signature === null ? [] : [toFile("signature", signature)]),
    ...(description === null ? [] : [toFile("description", description)]),
  ];
}

function toFile(
  role: DescribedFileRole,
  { path, sizeBytes, sha256 }: PackageMember,
): DescribedFile {
  return { role, fileName: fileNameOf(path), path, sizeBytes, sha256 };
}
