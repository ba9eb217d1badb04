const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** What one import may cost. "Import" means the uploaded file with all cabinets nested in it. */
export type CabLimits = {
  /** The uploaded file. */
  readonly inputBytes: number;
  readonly foldersPerCabinet: number;
  /** Entries over all nesting levels of an import. */
  readonly entries: number;
  /** How deep cabinets may lie inside the uploaded one; 0 refuses every inner cabinet. */
  readonly nesting: number;
  /** Parts of an entry's name inside its own cabinet. */
  readonly pathParts: number;
  readonly bytesPerFile: number;
  /** Unpacked bytes over all nesting levels of an import. */
  readonly outputBytes: number;
  /** Unpacked bytes for each byte of the uploaded cabinet, once `ratioFreeBytes` are passed. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
  /** LZX block headers a frame of 32 KiB, on average: each one costs the time of building its trees. */
  readonly lzxBlocksPerFrame: number;
  /** Free disk space asked for, as a multiple of the declared total. */
  readonly freeSpaceFactor: number;
  /** Stopped when nothing has been heard from the reader for so long. */
  readonly stallMs: number;
  /** Stopped when the whole import takes longer than this and its share for the size of the input. */
  readonly totalMs: number;
  /** Input bytes that buy one more second of total time. */
  readonly inputBytesPerSecond: number;
};

export const DEFAULT_CAB_LIMITS: CabLimits = {
  inputBytes: 2 * GIB,
  foldersPerCabinet: 256,
  entries: 2048,
  nesting: 3,
  pathParts: 16,
  bytesPerFile: 512 * MIB,
  outputBytes: 4 * GIB,
  ratio: 200,
  ratioFreeBytes: 16 * MIB,
  lzxBlocksPerFrame: 16,
  freeSpaceFactor: 1.1,
  stallMs: 10_000,
  totalMs: 60_000,
  inputBytesPerSecond: 2_000_000,
};
