/** A stored file. Its name is the digest of its content, so the content never changes. */
export type StoredFile = {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
};

/** First and last byte, both inclusive, as in an HTTP range. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * Why content cannot be served. `damaged`: its bytes do not match the digest; `missing`: its path does not exist;
 * `unreadable`: the system refuses to read it, or its path is not a regular file.
 */
export const CONTENT_PROBLEMS = ["damaged", "missing", "unreadable"] as const;
export type ContentProblem = (typeof CONTENT_PROBLEMS)[number];

/** The recorded problem of content that cannot be served. */
export type ContentFault = {
  readonly problem: ContentProblem;
  /** A verification before this instant does not count. */
  readonly since: Date;
};

/** The result of reading the whole content and comparing its digest. */
export type ContentFinding = {
  /** Null: the content matches its digest. */
  readonly problem: ContentProblem | null;
  /** The file that was read; null if there is none. */
  readonly file: SeenFile | null;
  readonly at: Date;
};

/** A file by its metadata. The identity changes with every change of the file. */
export type SeenFile = { readonly identity: string; readonly sizeBytes: number };

export type OpenOptions = {
  /** Must lie within the file; default: the whole content. */
  readonly range?: ByteRange;
  /** A verification before this instant does not count. */
  readonly distrustBefore?: Date | null;
};

/** Verified content, or its problem. Receivers share the pieces in memory and must not modify them. */
export type OpenedContent =
  | { readonly kind: "sound"; readonly pieces: AsyncIterable<Uint8Array> }
  | { readonly kind: "problem"; readonly problem: ContentProblem };

/** `kept`: the content existed; `stored`: it did not; `replaced`: its path held something else. */
export type PutResult = {
  readonly outcome: "kept" | "stored" | "replaced";
  readonly finding: ContentFinding;
};

/** Stores the content of firmware files. */
export type FileStore = {
  /** Whether a look at content is a request over the network, which may cost money. */
  readonly isRemote: boolean;
  /**
   * Moves a staged file into the store. Flushes it and reads it back, so that only content that matches its digest enters
   * the store. Existing content is verified and kept; anything else at its path is replaced. Afterwards the content is
   * durable and the staged file is gone.
   */
  readonly put: (stagedPath: string, file: StoredFile) => Promise<PutResult>;
  /**
   * Opens the content as a sequence of pieces. Before it serves any byte, each process reads the whole file once and
   * compares the digest.
   */
  readonly open: (sha256: string, options?: OpenOptions) => Promise<OpenedContent>;
  /** Verifies the content. Uses the cached result if this file was verified already. */
  readonly verify: (sha256: string, distrustBefore?: Date | null) => Promise<ContentFinding>;
  /** Reads the whole content again, at a limited number of bytes per second. */
  readonly scrub: (sha256: string, pace: ReadPace) => Promise<ContentFinding>;
  /** Looks at the path of the content without reading the file. */
  readonly look: (sha256: string) => Promise<SeenContent>;
  readonly stat: (sha256: string) => Promise<StoredFile | null>;
  /** Removes the content. Does nothing if there is none. */
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
