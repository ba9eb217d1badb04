import type { CabErrorKind } from "#formats/cab/cab-error";
import type { CabLimits } from "#formats/cab/limits";
import type { LocalDateTime } from "#formats/cab/local-date-time";
import type { NameProblem } from "#formats/cab/member-name";

/** What the worker is told, once. */
export type UnpackJob = {
  readonly path: string;
  /** What messages about the file name. */
  readonly name: string;
  readonly stagingDirectory: string;
  /** Begins the name of every file the worker creates, so that they can be found when it is stopped. */
  readonly partPrefix: string;
  readonly limits: CabLimits;
  /** Bytes of the file that was uploaded; the cabinet may have come out of an archive. */
  readonly uploadBytes: number;
};

export type UnpackProgress = {
  readonly bytesOut: number;
  /** Grows when an inner cabinet is opened: what it holds is not known before. */
  readonly totalBytes: number;
  readonly entry: string;
};

/** An entry that is on disk under its temporary name. */
export type UnpackedPart = {
  readonly path: string;
  readonly nameProblem: NameProblem | null;
  /** Paths of the inner cabinets it lies in, the outermost first. */
  readonly containers: readonly string[];
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly partPath: string;
  readonly modifiedAt: LocalDateTime | null;
};

export type UnpackedParts = {
  readonly parts: readonly UnpackedPart[];
  readonly unverifiedBlocks: number;
};

/** What the worker says. Whatever else goes wrong there is a defect and arrives as an `error` event. */
export type UnpackMessage =
  | { readonly type: "progress"; readonly progress: UnpackProgress }
  /** A file is complete; it still has to be flushed to disk. */
  | { readonly type: "part"; readonly partPath: string }
  | { readonly type: "done"; readonly result: UnpackedParts }
  | {
      readonly type: "failed";
      readonly kind: CabErrorKind;
      readonly entry: string;
      readonly problem: string;
    };
