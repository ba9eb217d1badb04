import type { AuditValue } from "#foundation/audit/model";

/** The lists that can be exported; the check log has an export of its own (`GET /api/checks`). */
export const EXPORT_LISTS = [
  "devices",
  "retired-devices",
  "ghosts",
  "rules",
  "roll-outs",
  "test-devices",
  "imports",
  "user-homes",
  "captures",
  "logs",
  "audit",
] as const;
export type ExportList = (typeof EXPORT_LISTS)[number];

/** Phones that an export can name: they are in its URL, and requests have at most 16 kB of headers. */
export const MAX_EXPORTED_IDS = 250;

export type ExportValue =
  | string
  | number
  | boolean
  | Date
  | null
  | readonly string[]
  /** Values by name: an object in JSON, and its text in CSV. */
  | Readonly<Record<string, AuditValue>>;

/** One column of an export. */
export type ExportColumn<Row> = {
  /** The property in JSON. */
  readonly key: string;
  /** The header in CSV; absent: the key. */
  readonly title?: string;
  readonly of: (row: Row) => ExportValue;
};
