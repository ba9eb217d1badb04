import type { Hardware } from "#foundation/core/hardware";

/** An image that a rule offers, in the terms of the XML dialect. All phones share the same object. */
export type LyncImage = {
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly fileName: string;
  /** Null when the release has no security catalog. */
  readonly signatureFileName: string | null;
  readonly version: string;
  readonly releasedAt: Date;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The base URLs of the pool without a trailing slash. */
  readonly internalPoolUrl: string;
  readonly externalPoolUrl: string;
  /** Path below a files root: percent-encoded, ends with the update type, no slash at either end. */
  readonly path: string;
};

/** An image as offered to one phone. */
export type LyncModule = {
  readonly image: LyncImage;
  /** The version that the phone reports for this module; null when it does not report the module. */
  readonly fromVersion: string | null;
};
