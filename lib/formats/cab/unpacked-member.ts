import type { LocalDateTime } from "#formats/cab/local-date-time";
import type { NameProblem } from "#formats/cab/member-name";

export type UnpackedMember = {
  /** Parts separated with `/`; the path of an inner cabinet is a directory. Metadata, never used as a path on disk. */
  readonly path: string;
  /** Why no update may use it; null when its name is valid. */
  readonly nameProblem: NameProblem | null;
  /** Paths of the inner cabinets that contain it, the outermost first. */
  readonly containers: readonly string[];
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The content in the staging directory, named by its digest; entries with the same content share it. */
  readonly stagedPath: string;
  readonly modifiedAt: LocalDateTime | null;
};
