import type { CabLimits } from "#formats/cab/limits";

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
