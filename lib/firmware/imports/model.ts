import type { GivenDetails } from "#formats/cab/description/given-details";
import type {
  DescriptionSource,
  IgnoredCode,
  IgnoredMember,
  UndescribedMember,
} from "#formats/cab/description/model";
import type { Hardware } from "#foundation/core/hardware";
import type { ImportFailure } from "#firmware/imports/failure";
import type { ImportOutcome } from "#firmware/rules/imported-update";
import type { CatalogVerdict } from "#firmware/rules/model";

/** The state of an import. In the two `needs_…` states it waits for an administrator. */
export const IMPORT_STATES = [
  "queued",
  "unpacking",
  "applying",
  "needs_details",
  "needs_confirmation",
  "succeeded",
  "failed",
  "cancelled",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export type ImportProgress = {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly currentEntry: string;
};

/** All answers of an administrator for the import of a package. */
export type ImportAnswers = {
  /** The details of images; an image may be for several kinds of phone. */
  readonly details: readonly GivenDetails[];
  /** Paths of images that are not imported. */
  readonly leftOut: readonly string[];
  /** The reason to import images that their catalog does not confirm; null refuses them. */
  readonly mismatchReason: string | null;
};

export const NO_ANSWERS: ImportAnswers = { details: [], leftOut: [], mismatchReason: null };

/** A firmware version for one kind of phone, as found in the package. */
export type FoundUpdate = {
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly version: string;
  readonly fileNames: readonly string[];
  readonly sizeBytes: number;
  readonly describedBy: DescriptionSource;
  readonly catalogVerdict: CatalogVerdict;
  readonly catalogSigner: string | null;
};

/** A file of the package that belongs to no update; the code is null if an older version stored only the sentence. */
export type IgnoredFile = Omit<IgnoredMember, "code"> & { readonly code: IgnoredCode | null };

export type ImportReport = {
  /** The outcome of every update in every chosen pool. */
  readonly rules: readonly ImportOutcome[];
  readonly updates: readonly FoundUpdate[];
  readonly ignored: readonly IgnoredFile[];
  /** The number of data blocks without a checksum. They are allowed, but their bytes are unverified. */
  readonly unverifiedBlocks: number;
  readonly mismatchReason: string | null;
};

/** A firmware version that the package describes completely, before its catalog is checked. */
export type UnderstoodUpdate = Omit<FoundUpdate, "catalogVerdict" | "catalogSigner">;

/** Images that the package does not describe, with the parts of the package that were and were not understood. */
export type DetailsQuestion = {
  readonly undescribed: readonly UndescribedMember[];
  readonly understood: readonly UnderstoodUpdate[];
  /** Files that belong to no image, and unreadable descriptions, each with its reason. */
  readonly ignored: readonly IgnoredFile[];
  /** Why the previous answer cannot be used, in English; null without a previous answer. */
  readonly problem: string | null;
  /** The same as a code for translation; null also if an older version stored only the sentence. */
  readonly failure: ImportFailure | null;
};

/** The fields of an import in every state. */
export type ImportFacts = {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly poolIds: readonly string[];
  readonly notes: string;
  readonly answers: ImportAnswers;
  readonly createdByName: string;
  /** Null for the command line. */
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

/** The state of an import with the fields that belong only to this state. */
export type ImportStatus =
  | { readonly state: "queued" | "cancelled" }
  | { readonly state: "unpacking" | "applying"; readonly progress: ImportProgress }
  | ({ readonly state: "needs_details" } & DetailsQuestion)
  | { readonly state: "needs_confirmation"; readonly mismatched: readonly FoundUpdate[] }
  | { readonly state: "succeeded"; readonly report: ImportReport }
  | ({ readonly state: "failed" } & FailedImport);

export type FailedImport = {
  /** One English sentence, for logs, scripts and the audit trail. */
  readonly error: string;
  /** The same as a code for translation; null for an unexpected error or if an older version stored only the sentence. */
  readonly failure: ImportFailure | null;
};

export type ImportJob = ImportFacts & ImportStatus;

/** An import as a row of a list. */
export type ImportSummary = Pick<
  ImportFacts,
  | "id"
  | "fileName"
  | "sizeBytes"
  | "poolIds"
  | "notes"
  | "createdByName"
  | "createdAt"
  | "finishedAt"
> & {
  readonly state: ImportState;
  readonly error: string | null;
};
