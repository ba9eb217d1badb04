import type { LocalDateTime } from "#lib/cab/local-date-time";

export type UnpackedMember = {
  /** Parts separated with `/`; the path of an inner cabinet is a directory. Metadata, never a path on disk. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The content, in the staging directory under its digest; entries with the same content share it. */
  readonly stagedPath: string;
  readonly modifiedAt: LocalDateTime | null;
};
