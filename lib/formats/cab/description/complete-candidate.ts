import {
  baseNameOf,
  extensionOf,
  fileNameOf,
  findCompanion,
} from "#formats/cab/description/member-paths";
import type { MembersByPath } from "#formats/cab/description/member-paths";
import { isUsableField } from "#formats/cab/description/field-rules";
import type {
  DescribedField,
  DescribedFile,
  DescribedFileRole,
  DescribedUpdate,
  DescriptionSource,
  KnownDetails,
  PackageMember,
  UndescribedMember,
  UndescribedReason,
} from "#formats/cab/description/model";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import {
  completeWith,
  guessUpdateType,
  guessVersion,
  isSameKnowledge,
  NOTHING_KNOWN,
  readPathLayout,
} from "#formats/cab/description/path-layout";
import type { ManifestUpdate } from "#formats/cab/description/read-manifest";
import type { SidecarReader } from "#formats/cab/description/read-sidecar";
import { hasNameProblem } from "#formats/cab/description/unusable-member";

/** An image with all its known details. */
export type Candidate = {
  readonly image: PackageMember;
  readonly known: KnownDetails;
  /** The last source that contributed; null when none did. */
  readonly source: DescriptionSource | null;
  readonly signature: PackageMember | null;
  readonly description: PackageMember | null;
  readonly disputed: readonly DescribedField[];
  /** False when only its location suggests that the file is firmware: the administrator decides. */
  readonly isCertain: boolean;
};

type CandidateSources = {
  readonly byPath: MembersByPath;
  readonly readSidecar: SidecarReader;
};

/** Takes the fields that the manifest lacks from the path, then from the sidecar. */
export function completeCandidate(
  { image, known, disputed, signature, description }: ManifestUpdate,
  { byPath, readSidecar }: CandidateSources,
): Candidate {
  const withPath = completeWith(known, readPathLayout(image));
  const fromPath = completeWith(withPath, defaultUpdateType(image, withPath));
  const sidecar = isComplete(fromPath) ? null : readSidecar(image);
  const all = completeWith(fromPath, sidecar?.known ?? NOTHING_KNOWN);
  return {
    image,
    known: all,
    source: lastSource([known, withPath], [fromPath, all]),
    signature: signature ?? findCompanion(image, "cat", byPath),
    description: usableOrNull(
      description ?? sidecar?.member ?? findCompanion(image, "xml", byPath),
    ),
    disputed,
    isCertain: true,
  };
}

/** Phones do not run a description, so an update omits one that is unusable. */
function usableOrNull(member: PackageMember | null): PackageMember | null {
  return member === null || hasNameProblem(member) ? null : member;
}

/** The empty update for an image that no manifest mentions. */
export function unmentioned(image: PackageMember): ManifestUpdate {
  return { image, known: NOTHING_KNOWN, disputed: [], signature: null, description: null };
}

/** Null while any field is unknown. */
export function toUpdate(candidate: Candidate): DescribedUpdate | null {
  const { deviceType, brand, model, revision, locale, version, updateType } = candidate.known;
  if (!candidate.isCertain) {
    return null;
  }
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

/** The initial values of the form. They include guesses that are too uncertain to use without confirmation. */
export function toUndescribed(candidate: Candidate): UndescribedMember {
  const { image, known } = candidate;
  return {
    path: image.path,
    fileName: fileNameOf(image.path),
    sizeBytes: image.sizeBytes,
    sha256: image.sha256,
    why: toReason(candidate),
    known,
    guessed: {
      ...NOTHING_KNOWN,
      version: known.version === null ? guessVersion(image) : null,
      updateType: known.updateType === null ? guessUpdateType(image.path) : null,
    },
  };
}

function toReason({ known, disputed, isCertain }: Candidate): UndescribedReason {
  if (!isCertain) {
    return "unknown_kind";
  }
  if (disputed.some((field) => known[field] === null)) {
    return "disputed";
  }
  // The update type can come from the name of a `.nbt` image only.
  const isMentioned = DESCRIBED_FIELDS.some(
    (field) => field !== "updateType" && known[field] !== null,
  );
  return isMentioned ? "incomplete" : "not_mentioned";
}

/**
 * In the original, the update type is the name of the image (`CPE` for `CPE.nbt`). File names of other vendors
 * contain versions, which would create a rule for every version, so for those the administrator decides.
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
