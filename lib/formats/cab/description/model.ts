import type { NameProblem } from "#formats/cab/member-name";
import { NAME_PROBLEMS } from "#formats/cab/member-name";
import { HARDWARE_FIELDS } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";

/** A file of a package, at any nesting level. Its path is a name and never used as a path on disk. */
export type PackageMember = {
  /** Parts separated by `/`, including the names of nested cabinets. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Decoded content; present for `.xml` members of at most 1 MiB that can be decoded. */
  readonly text?: string;
  /** The encoding of an `.xml` member that cannot be decoded for that reason. */
  readonly unknownEncoding?: string;
  /** Why no update may use the file; absent or null when its name is valid. */
  readonly nameProblem?: NameProblem | null;
  /** Paths of the inner cabinets that contain it: they are parts of its path, but not folders. */
  readonly containers?: readonly string[];
};

/** Types that rules already use; they decide what the `type` of a manifest means. Compared without case. */
export type Vocabulary = {
  readonly deviceTypes: readonly string[];
  readonly updateTypes: readonly string[];
};

export const NO_VOCABULARY: Vocabulary = { deviceTypes: [], updateTypes: [] };

/** The fields that must be known before an image can be offered to phones. */
export const DESCRIBED_FIELDS = [...HARDWARE_FIELDS, "version", "updateType"] as const;
export type DescribedField = (typeof DESCRIBED_FIELDS)[number];

/** The known fields; null when unknown. */
export type KnownDetails = Readonly<Record<DescribedField, string | null>>;

/** In the order in which they are used. */
export const DESCRIPTION_SOURCES = ["updateInfo", "path", "sidecar", "administrator"] as const;
export type DescriptionSource = (typeof DESCRIPTION_SOURCES)[number];

export type DescribedFileRole = "image" | "signature" | "description";

export type DescribedFile = {
  readonly role: DescribedFileRole;
  readonly fileName: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
};

export type DescribedUpdate = {
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly version: string;
  /** The image first. */
  readonly files: readonly DescribedFile[];
  /** The last source that contributed a field. */
  readonly describedBy: DescriptionSource;
};

/** Why an image waits for the administrator; the panel has a translated text for each. */
export const UNDESCRIBED_REASONS = [
  "not_mentioned",
  "incomplete",
  "disputed",
  "unknown_kind",
] as const;
export type UndescribedReason = (typeof UNDESCRIBED_REASONS)[number];

/** An image that waits for the administrator, with the initial values for the form. */
export type UndescribedMember = {
  readonly path: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly why: UndescribedReason;
  /** Fields that the package states. */
  readonly known: KnownDetails;
  /** Fields guessed from names: initial values for the form, too uncertain to use without confirmation. */
  readonly guessed: KnownDetails;
};

const NAME_CODES = NAME_PROBLEMS.map(toNameCode);

/** Why a file, or a part of one, belongs to no update; the panel has a translated text for each. */
export const IGNORED_CODES = [
  "no_text",
  "unknown_encoding",
  "no_xml",
  "no_fields",
  "no_image",
  "left_out",
  "empty",
  "cabinet_behind",
  "bytes_behind",
  ...NAME_CODES,
] as const;
export type IgnoredCode = (typeof IGNORED_CODES)[number];

export function toNameCode<Problem extends NameProblem>(problem: Problem): `name_${Problem}` {
  return `name_${problem}`;
}

export type IgnoredMember = {
  readonly path: string;
  readonly code: IgnoredCode;
  /** The code as an English sentence. */
  readonly reason: string;
  /** The values of the placeholders in the sentence. */
  readonly values: Readonly<Record<string, string>>;
};

export const DESCRIPTION_FAILURES = [
  "no_firmware",
  "missing_file",
  "unsound_name",
  "empty_file",
  "unusable_field",
  "refused_description",
  "conflicting_versions",
  "conflicting_content",
  "contradicting_details",
  "details_without_file",
] as const;
export type DescriptionFailure = (typeof DESCRIPTION_FAILURES)[number];

export type PackageDescription =
  | {
      readonly kind: "described";
      readonly updates: readonly DescribedUpdate[];
      /** If not empty, the import needs details. */
      readonly undescribed: readonly UndescribedMember[];
      readonly ignored: readonly IgnoredMember[];
    }
  | RefusedPackage;

export type RefusedPackage = {
  readonly kind: "refused";
  readonly reason: DescriptionFailure;
  /** The member that the message is about; null when it is about the whole package. */
  readonly path: string | null;
  /** One sentence that names the entry and may be shown to users. */
  readonly message: string;
  /** Values in the message, for translations. */
  readonly values: Readonly<Record<string, string>>;
};
