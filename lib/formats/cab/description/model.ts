import type { NameProblem } from "#formats/cab/member-name";
import { NAME_PROBLEMS } from "#formats/cab/member-name";
import { HARDWARE_FIELDS } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";

/** A file of a package, whichever of its nested cabinets it came from. Its path is a name, never a place on disk. */
export type PackageMember = {
  /** Parts separated by `/`; the names of nested cabinets are parts of it. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Decoded content, given for `.xml` members of at most 1 MiB. */
  readonly text?: string;
  /** Why no update may use the file; absent or null where its name is sound. */
  readonly nameProblem?: NameProblem | null;
  /** Paths of the inner cabinets it lies in: parts of its path, but no folders. */
  readonly containers?: readonly string[];
};

/** Words that rules have already: they tell what a `type` of a manifest is. Compared without regard to case. */
export type Vocabulary = {
  readonly deviceTypes: readonly string[];
  readonly updateTypes: readonly string[];
};

export const NO_VOCABULARY: Vocabulary = { deviceTypes: [], updateTypes: [] };

/** What must be known of an image before phones can be offered it. */
export const DESCRIBED_FIELDS = [...HARDWARE_FIELDS, "version", "updateType"] as const;
export type DescribedField = (typeof DESCRIBED_FIELDS)[number];

/** What is known so far; null where nothing was said. */
export type KnownDetails = Readonly<Record<DescribedField, string | null>>;

/** In the order in which they are asked. */
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
  /** The last source that had to be asked. */
  readonly describedBy: DescriptionSource;
};

/** Why an image waits for the administrator; the panel says it in the reader's language. */
export const UNDESCRIBED_REASONS = [
  "not_mentioned",
  "incomplete",
  "disputed",
  "unknown_kind",
] as const;
export type UndescribedReason = (typeof UNDESCRIBED_REASONS)[number];

/** An image that waits for the administrator, with what the package says of it to start from. */
export type UndescribedMember = {
  readonly path: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly why: UndescribedReason;
  /** What the package states. */
  readonly known: KnownDetails;
  /** What its names suggest: good enough for a form, not to act upon. */
  readonly guessed: KnownDetails;
};

const NAME_CODES = NAME_PROBLEMS.map(toNameCode);

/** Why a file is no part of any update; the panel says it in the reader's language. */
export const IGNORED_CODES = [
  "no_text",
  "no_xml",
  "no_fields",
  "no_image",
  "left_out",
  "empty",
  ...NAME_CODES,
] as const;
export type IgnoredCode = (typeof IGNORED_CODES)[number];

export function toNameCode<Problem extends NameProblem>(problem: Problem): `name_${Problem}` {
  return `name_${problem}`;
}

export type IgnoredMember = {
  readonly path: string;
  readonly code: IgnoredCode;
  /** The same as a sentence in English. */
  readonly reason: string;
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
      /** Not empty: the import needs details. */
      readonly undescribed: readonly UndescribedMember[];
      readonly ignored: readonly IgnoredMember[];
    }
  | RefusedPackage;

export type RefusedPackage = {
  readonly kind: "refused";
  readonly reason: DescriptionFailure;
  /** The member the sentence is about; null where it is about the whole package. */
  readonly path: string | null;
  /** One sentence that names the entry and may be shown to people. */
  readonly message: string;
  /** What else the sentence names, for whoever says the reason in another language. */
  readonly values: Readonly<Record<string, string>>;
};
