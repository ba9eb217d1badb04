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

/** Where an import stands. In the two `needs_…` states it waits for a person. */
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

/** Everything that a person had to say before this package could be imported. */
export type ImportAnswers = {
  /** What images are for; the same image may be for several kinds of phone. */
  readonly details: readonly GivenDetails[];
  /** Paths of images that are not imported. */
  readonly leftOut: readonly string[];
  /** Why images that their catalog does not vouch for are imported all the same; null refuses them. */
  readonly mismatchReason: string | null;
};

export const NO_ANSWERS: ImportAnswers = { details: [], leftOut: [], mismatchReason: null };

/** One firmware version for one kind of phone, as it was found in the package. */
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

/** A file of the package that belongs to no update; the code is null where an older version kept the sentence alone. */
export type IgnoredFile = Omit<IgnoredMember, "code"> & { readonly code: IgnoredCode | null };

export type ImportReport = {
  /** What became of every update in every chosen pool. */
  readonly rules: readonly ImportOutcome[];
  readonly updates: readonly FoundUpdate[];
  readonly ignored: readonly IgnoredFile[];
  /** Data blocks without a checksum: allowed, but nothing vouches for them. */
  readonly unverifiedBlocks: number;
  readonly mismatchReason: string | null;
};

/** A firmware version that the package describes completely, before its catalog was looked at. */
export type UnderstoodUpdate = Omit<FoundUpdate, "catalogVerdict" | "catalogSigner">;

/** Images that the package does not describe, beside what was understood of it and what was not. */
export type DetailsQuestion = {
  readonly undescribed: readonly UndescribedMember[];
  readonly understood: readonly UnderstoodUpdate[];
  /** Files that belong to no image, and descriptions that could not be read, each with its reason. */
  readonly ignored: readonly IgnoredFile[];
  /** Why what was entered before cannot be used, in English; null where nothing was. */
  readonly problem: string | null;
  /** The same for people; null also where an older version kept the sentence alone. */
  readonly failure: ImportFailure | null;
};

/** What is known of an import in every state. */
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

/** What belongs to each state and to no other. */
export type ImportStatus =
  | { readonly state: "queued" | "cancelled" }
  | { readonly state: "unpacking" | "applying"; readonly progress: ImportProgress }
  | ({ readonly state: "needs_details" } & DetailsQuestion)
  | { readonly state: "needs_confirmation"; readonly mismatched: readonly FoundUpdate[] }
  | { readonly state: "succeeded"; readonly report: ImportReport }
  | ({ readonly state: "failed" } & FailedImport);

export type FailedImport = {
  /** One sentence in English, for logs, scripts and the audit. */
  readonly error: string;
  /** The same for people; null where an older version kept the sentence alone, or nobody foresaw it. */
  readonly failure: ImportFailure | null;
};

export type ImportJob = ImportFacts & ImportStatus;

/** The line of an import in a list. */
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
