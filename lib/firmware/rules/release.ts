import type { ContentProblem } from "#firmware/files/model";
import type { CatalogVerdict, ReleaseFile } from "#firmware/rules/model";

/** A file of a release, and why its content cannot be served; null while it can. */
export type ShownFile = ReleaseFile & { readonly problem: ContentProblem | null };

/** One firmware version for one hardware identity and update type, with where it came from. */
export type Release = {
  readonly id: string;
  readonly version: string;
  readonly files: readonly ShownFile[];
  readonly packageFileName: string;
  /** What whoever imported the package wrote about it. */
  readonly packageNotes: string;
  readonly importedAt: Date;
  readonly importedBy: string;
  /** What named the hardware: `updateInfo`, `path`, `sidecar` or `administrator`. */
  readonly describedBy: string;
  readonly catalogVerdict: CatalogVerdict;
  readonly catalogSigner: string | null;
};

/** A release as an import brings it, before it is stored. */
export type NewRelease = {
  readonly version: string;
  readonly files: readonly ReleaseFile[];
  readonly describedBy: string;
  readonly catalogVerdict: CatalogVerdict;
  readonly catalogSigner: string | null;
};

/** A release that no rule holds, with how much content it refers to. */
export type UnreferencedRelease = {
  readonly id: string;
  readonly imageKey: string;
  readonly version: string;
  readonly sizeBytes: number;
};

/** Whether two lists hold the same content under the same names, in whatever order. */
export function areSameFiles(left: readonly ReleaseFile[], right: readonly ReleaseFile[]): boolean {
  return fingerprint(left) === fingerprint(right);
}

function fingerprint(files: readonly ReleaseFile[]): string {
  return files
    .map((file) => `${file.role} ${file.fileName.toLowerCase()} ${file.sha256}`)
    .toSorted()
    .join("\n");
}
