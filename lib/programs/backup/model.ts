import { z } from "zod";

/**
 * A backup is a tar archive. Its members in order: `manifest.json`; `rows/<number>-<table>/<part>`, the rows of a table in
 * the text format of `COPY`, cut into parts; `jobs/<part>`; `logs/<type>/<name>`; `uploads/<name>`; `files/<sha256>`;
 * `secrets/<name>`; `problems.json`; `SHA256SUMS` with the digest of every member before it; `SHA256SUMS.sha256` with the
 * digest of that list, and so of everything.
 */
export const FORMAT_VERSION = 1;
export const MANIFEST_NAME = "manifest.json";
export const PROBLEMS_NAME = "problems.json";
export const DIGESTS_NAME = "SHA256SUMS";
export const DIGEST_OF_ALL_NAME = "SHA256SUMS.sha256";
export const BACKUP_FORMAT = "ucupdates backup";

/** The folders of members that are files of the service. */
export const FILE_FOLDERS = ["logs", "uploads", "files"] as const;
export type FileFolder = (typeof FILE_FOLDERS)[number];

/** Files of the data directory that are included on request only. */
export const SECRET_NAMES = ["session-secret"] as const;

const name = z.string().min(1).max(63);
const count = z.int().min(0);

/** The bounds become part of a statement, so nothing else than a bound may pass. */
const bound = z.string().regex(/^(?:DEFAULT|FOR VALUES FROM \('[^'\\]*'\) TO \('[^'\\]*'\))$/);

/** First, so that a reader knows only the format of a backup that a newer release made. */
export const manifestStart = z.object({
  format: z.literal(BACKUP_FORMAT),
  formatVersion: z.int().min(1),
  release: z.string().max(100),
});

/** The first member: what the backup contains. */
export const manifest = manifestStart.extend({
  createdAt: z.iso.datetime().transform((text) => new Date(text)),
  /** The applied migrations, oldest first. */
  migrations: z.array(z.string().regex(/^[A-Za-z0-9_-]+$/)),
  /** Every table comes after those that it refers to. */
  tables: z.array(z.object({ name, columns: z.array(name).min(1), rows: count })),
  partitions: z.array(z.object({ name, parent: name, bound })),
  sequences: z.array(z.object({ name, value: z.string().regex(/^\d+$/), isCalled: z.boolean() })),
  hasSecrets: z.boolean(),
});

export type Manifest = z.output<typeof manifest>;

/** A file that rows refer to and that is not in the backup, because it could not be read. */
export const backupProblem = z.object({ member: z.string(), problem: z.string() });
export type BackupProblem = z.output<typeof backupProblem>;

/** What was backed up or restored. */
export type BackupReport = {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** The size of the archive. */
  readonly sizeBytes: number;
  readonly createdAt: Date;
  readonly release: string;
  readonly hasSecrets: boolean;
  readonly problems: readonly BackupProblem[];
};
