/** The bytes of one file: named by the digest of its content, so it can never change. */
export type StoredFile = {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
};

/** First and last byte, both included, as in an HTTP range. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Where the content of firmware files lives. */
export type FileStore = {
  /**
   * Takes over a staged file whose digest the caller computed while writing it. Afterwards the content
   * is on the disk for good and the staged file is gone; content that is already there is kept.
   */
  readonly put: (stagedPath: string, file: StoredFile) => Promise<void>;
  /**
   * The content or a part of it, piece by piece; null when there is none. The range must lie inside the file. Others may
   * be given the same pieces, so nobody changes them.
   */
  readonly open: (sha256: string, range?: ByteRange) => Promise<AsyncIterable<Uint8Array> | null>;
  readonly stat: (sha256: string) => Promise<StoredFile | null>;
  /** Forgets the content; nothing happens when there is none. */
  readonly remove: (sha256: string) => Promise<void>;
};

const SHA256 = /^[0-9a-f]{64}$/;

export function isSha256(text: string): boolean {
  return SHA256.test(text);
}
