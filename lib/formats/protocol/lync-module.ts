import type { Hardware } from "#foundation/core/hardware";

/** An image that a rule offers, as the XML dialect speaks of it. The same object for every phone it is offered to. */
export type LyncImage = {
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly fileName: string;
  /** Null where the release has no security catalogue. */
  readonly signatureFileName: string | null;
  readonly version: string;
  readonly releasedAt: Date;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The base URLs of the pool, without a trailing slash. */
  readonly internalPoolUrl: string;
  readonly externalPoolUrl: string;
  /** Below a files root: percent-encoded, ends with the update type, no slash at either end. */
  readonly path: string;
};

/** An image as one phone is offered it. */
export type LyncModule = {
  readonly image: LyncImage;
  /** What the phone said it runs; null where it said nothing of this module. */
  readonly fromVersion: string | null;
};
