import type { CabErrorKind } from "#formats/cab/cab-error";
import type { CabLimits } from "#formats/cab/limits";
import type { LocalDateTime } from "#formats/cab/local-date-time";
import type { NameProblem } from "#formats/cab/member-name";
import type { TrailingPart } from "#formats/cab/trailing-part";

/** The only message to the worker. */
export type UnpackJob = {
  readonly path: string;
  /** The file's name in error messages. */
  readonly name: string;
  readonly stagingDirectory: string;
  /** Prefix of the name of every file the worker creates, to find them when the worker is stopped. */
  readonly partPrefix: string;
  readonly limits: CabLimits;
  /** Size of the uploaded file; the cabinet may come from an archive. */
  readonly uploadBytes: number;
};

export type UnpackProgress = {
  readonly bytesOut: number;
  /** Grows when an inner cabinet is opened: its content is not known before. */
  readonly totalBytes: number;
  readonly entry: string;
};

/** An entry on disk under its temporary name. */
export type UnpackedPart = {
  readonly path: string;
  readonly nameProblem: NameProblem | null;
  /** Paths of the inner cabinets that contain it, the outermost first. */
  readonly containers: readonly string[];
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly partPath: string;
  readonly modifiedAt: LocalDateTime | null;
};

/** A part of a cabinet's file that is not read. */
export type UnreadPart = {
  /** The path of the cabinet and the position in it. */
  readonly path: string;
  readonly code: TrailingPart["code"];
};

export type UnpackedParts = {
  readonly parts: readonly UnpackedPart[];
  readonly unread: readonly UnreadPart[];
  readonly unverifiedBlocks: number;
};

/** Messages from the worker. Any other failure is a defect and arrives as an `error` event. */
export type UnpackMessage =
  | { readonly type: "progress"; readonly progress: UnpackProgress }
  /** A file is complete, but not yet flushed to disk. */
  | { readonly type: "part"; readonly partPath: string }
  | { readonly type: "done"; readonly result: UnpackedParts }
  | {
      readonly type: "failed";
      readonly kind: CabErrorKind;
      readonly entry: string;
      readonly problem: string;
    };
