/** The bytes of one file: named by the digest of its content, so it can never change. */
export type StoredFile = {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
};

/** First and last byte, both included, as in an HTTP range. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * Why content cannot be served. `damaged`: its bytes do not have the digest; `missing`: nothing is at its place;
 * `unreadable`: the system refuses to read it, or what is at its place is not a regular file.
 */
export const CONTENT_PROBLEMS = ["damaged", "missing", "unreadable"] as const;
export type ContentProblem = (typeof CONTENT_PROBLEMS)[number];

/** What is recorded about content that cannot be served. */
export type ContentFault = {
  readonly problem: ContentProblem;
  /** A file that was verified before this moment is verified again. */
  readonly since: Date;
};

/** The result of reading all of the content and comparing its digest. */
export type ContentFinding = {
  /** Null: the content has its digest. */
  readonly problem: ContentProblem | null;
  /** The file that was read; null where there is none to read. */
  readonly file: SeenFile | null;
  readonly at: Date;
};

/** A file as the system describes it. The identity changes with every change of the file. */
export type SeenFile = { readonly identity: string; readonly sizeBytes: number };

export type OpenOptions = {
  /** Must lie inside the file; without it the whole content is read. */
  readonly range?: ByteRange;
  /** A verification before this moment does not count. */
  readonly distrustBefore?: Date | null;
};

/** Content that was verified, or why there is none. Receivers share the pieces in memory and must not change them. */
export type OpenedContent =
  | { readonly kind: "sound"; readonly pieces: AsyncIterable<Uint8Array> }
  | { readonly kind: "problem"; readonly problem: ContentProblem };

/** `kept`: the content was there; `stored`: it was not; `replaced`: something else was at its place. */
export type PutResult = {
  readonly outcome: "kept" | "stored" | "replaced";
  readonly finding: ContentFinding;
};

/** Where the content of firmware files lives. */
export type FileStore = {
  /**
   * Takes over a staged file. It is flushed and read back, so that only content that has its digest gets a place in the
   * store. Content that is already there is verified and kept; anything else at its place is replaced. Afterwards the
   * content is on the disk for good and the staged file is gone.
   */
  readonly put: (stagedPath: string, file: StoredFile) => Promise<PutResult>;
  /**
   * The content, piece by piece. Nothing is served before the whole file was read and its digest compared, once per
   * process and file.
   */
  readonly open: (sha256: string, options?: OpenOptions) => Promise<OpenedContent>;
  /** Verifies the content, from memory where this file was verified already. */
  readonly verify: (sha256: string, distrustBefore?: Date | null) => Promise<ContentFinding>;
  /** Reads all of the content again, at most so many bytes a second. */
  readonly scrub: (sha256: string, pace: ReadPace) => Promise<ContentFinding>;
  /** What is at the place of the content, without reading it. */
  readonly look: (sha256: string) => Promise<SeenContent>;
  readonly stat: (sha256: string) => Promise<StoredFile | null>;
  /** Forgets the content; nothing happens when there is none. */
  readonly remove: (sha256: string) => Promise<void>;
};

export type ReadPace = { readonly bytesPerSecond: number; readonly signal: AbortSignal };

export type SeenContent =
  | ({ readonly kind: "file" } & SeenFile)
  | { readonly kind: "problem"; readonly problem: ContentProblem };

const SHA256 = /^[0-9a-f]{64}$/;

export function isSha256(text: string): boolean {
  return SHA256.test(text);
}
