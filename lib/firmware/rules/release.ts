import type { ContentProblem } from "#firmware/files/model";
import type { CatalogVerdict, ReleaseFile } from "#firmware/rules/model";

/** A file of a release, with the problem of its content; null if it can be served. */
export type ShownFile = ReleaseFile & { readonly problem: ContentProblem | null };

/** One firmware version for one hardware identity and update type, with its origin. */
export type Release = {
  readonly id: string;
  readonly version: string;
  readonly files: readonly ShownFile[];
  readonly packageFileName: string;
  /** The notes of the administrator who imported the package. */
  readonly packageNotes: string;
  readonly importedAt: Date;
  readonly importedBy: string;
  /** The source of the hardware identity: `updateInfo`, `path`, `sidecar` or `administrator`. */
  readonly describedBy: string;
  readonly catalogVerdict: CatalogVerdict;
  readonly catalogSigner: string | null;
};

/** A release of an import, before it is stored. */
export type NewRelease = {
  readonly version: string;
  readonly files: readonly ReleaseFile[];
  readonly describedBy: string;
  readonly catalogVerdict: CatalogVerdict;
  readonly catalogSigner: string | null;
};

/** A release that no rule holds, with the size of its content. */
export type UnreferencedRelease = {
  readonly id: string;
  readonly imageKey: string;
  readonly version: string;
  readonly sizeBytes: number;
};

/** Whether two lists have the same names with the same content, in any order. */
export function areSameFiles(left: readonly ReleaseFile[], right: readonly ReleaseFile[]): boolean {
  return fingerprint(left) === fingerprint(right);
}

function fingerprint(files: readonly ReleaseFile[]): string {
  return files
    .map((file) => `${file.role} ${file.fileName.toLowerCase()} ${file.sha256}`)
    .toSorted()
    .join("\n");
}
