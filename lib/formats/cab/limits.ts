const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Limits for one import: the uploaded file with all cabinets nested in it. */
export type CabLimits = {
  /** Size of the uploaded file. */
  readonly inputBytes: number;
  readonly foldersPerCabinet: number;
  /** Entries over all nesting levels of an import. */
  readonly entries: number;
  /** How deep cabinets may be nested in the uploaded one; 0 refuses every inner cabinet. */
  readonly nesting: number;
  /** Path parts of an entry's name in its own cabinet. */
  readonly pathParts: number;
  readonly bytesPerFile: number;
  /** Unpacked bytes over all nesting levels of an import. */
  readonly outputBytes: number;
  /** Unpacked bytes per byte of the uploaded cabinet; checked above `ratioFreeBytes`. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
  /** Average LZX block headers per frame of 32 KiB: building the trees of each takes time. */
  readonly lzxBlocksPerFrame: number;
  /** Required free disk space, as a multiple of the declared total. */
  readonly freeSpaceFactor: number;
  /** The import is stopped when the reader reports no progress for this time. */
  readonly stallMs: number;
  /** The import is stopped after this time plus the extra time for the size of the input. */
  readonly totalMs: number;
  /** The total time grows by one second for each of these input bytes. */
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

type SettableLimit = Extract<
  keyof CabLimits,
  | "inputBytes"
  | "foldersPerCabinet"
  | "entries"
  | "nesting"
  | "pathParts"
  | "bytesPerFile"
  | "outputBytes"
  | "ratio"
>;

/** The setting of each limit (docs/administration.md); a refusal names it, so that administrators know what to raise. */
const LIMIT_NAMES = {
  inputBytes: { unit: "bytes", setting: "MAX_UPLOAD_BYTES" },
  foldersPerCabinet: { unit: "folders", setting: "MAX_FOLDERS" },
  entries: { unit: "entries", setting: "MAX_ENTRIES" },
  nesting: { unit: "levels", setting: "MAX_NESTING" },
  pathParts: { unit: "parts", setting: "MAX_PATH_PARTS" },
  bytesPerFile: { unit: "bytes", setting: "MAX_FILE_BYTES" },
  outputBytes: { unit: "bytes", setting: "MAX_UNPACKED_BYTES" },
  ratio: { unit: "times its size", setting: "MAX_RATIO" },
} as const satisfies Record<SettableLimit, { readonly unit: string; readonly setting: string }>;

/** A limit with its unit and its setting, as in "2048 entries (MAX_ENTRIES)". */
export function limitText(limit: SettableLimit, limits: CabLimits): string {
  const { unit, setting } = LIMIT_NAMES[limit];
  return `${limits[limit]} ${unit} (${setting})`;
}
