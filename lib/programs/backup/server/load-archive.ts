import "server-only";
import type { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import type pg from "pg";
import { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { parseJson } from "#foundation/core/json";
import { isDataFault } from "#foundation/platform/db/faults";
import { migrationsDirectory, readMigrations } from "#foundation/platform/db/migrations-directory";
import type { RowSink } from "#foundation/platform/db/dump/row-loader";
import { RowLoader } from "#foundation/platform/db/dump/row-loader";
import type { BackupProblem, BackupReport, FileFolder, Manifest } from "#programs/backup/model";
import {
  FILE_FOLDERS,
  FORMAT_VERSION,
  MANIFEST_NAME,
  PROBLEMS_NAME,
  SECRET_NAMES,
  backupProblem,
  manifest as manifestSchema,
  manifestStart,
} from "#programs/backup/model";
import type { ArchiveMember } from "#programs/backup/server/archive-reader";
import { damaged, readArchive, readMember } from "#programs/backup/server/archive-reader";
import { KEPT_FILES } from "#programs/backup/server/kept-files";

export type LoadedBackup = {
  readonly manifest: Manifest;
  readonly counted: Pick<BackupReport, "files" | "problems" | "sizeBytes">;
  /** By name, not written yet. */
  readonly secrets: ReadonlyMap<string, Buffer>;
};

/** Loads an archive within the transaction of the client. Resolves only if the whole archive is verified. */
export async function loadArchive(source: Readable, client: pg.Client): Promise<LoadedBackup> {
  const loading = new Loading(client);
  for await (const member of readArchive(source)) {
    await loading.take(member);
  }
  return loading.finish();
}

class Loading {
  readonly #loader: RowLoader;
  readonly #secrets = new Map<string, Buffer>();
  #manifest: Manifest | null = null;
  #rows: { readonly name: string; readonly sink: RowSink } | null = null;
  readonly #loadedTables = new Set<string>();
  #problems: readonly BackupProblem[] = [];
  #files = 0;
  #sizeBytes = 0;

  constructor(client: pg.Client) {
    this.#loader = new RowLoader(client);
  }

  async take(member: ArchiveMember): Promise<void> {
    this.#sizeBytes += member.sizeBytes;
    const { name } = member;
    if (this.#manifest === null) {
      this.#manifest = await readManifest(member);
      await this.#loader.prepare(await findMigrations(this.#manifest), this.#manifest.partitions);
      return;
    }
    const [folder = "", ...path] = name.split("/");
    const isFile = FILE_FOLDERS.find((known) => known === folder);
    if (folder === "rows" || folder === "jobs") {
      await this.#takeRows(member, this.#manifest);
    } else if (isFile !== undefined) {
      await this.#takeFile(isFile, path.join("/"), member);
    } else {
      await this.#takeOther(member);
    }
  }

  async #takeFile(folder: FileFolder, name: string, member: ArchiveMember): Promise<void> {
    await this.#endRows();
    await KEPT_FILES[folder].restore(name, member);
    this.#files += 1;
  }

  async #takeOther(member: ArchiveMember): Promise<void> {
    await this.#endRows();
    const secret = SECRET_NAMES.find((known) => member.name === `secrets/${known}`);
    const content = await readMember(member);
    if (secret !== undefined) {
      this.#secrets.set(secret, content);
    } else if (member.name === PROBLEMS_NAME) {
      this.#problems = readProblems(content);
    } else {
      throw damaged(`${member.name} is not expected`);
    }
  }

  async #takeRows({ name, content }: ArchiveMember, { tables }: Manifest): Promise<void> {
    const table = /^rows\/\d{3}-([^/]+)\/\d+$/.exec(name)?.[1] ?? "jobs";
    await translateFault(name, async () => {
      if (this.#rows?.name !== table) {
        await this.#endRows();
        this.#rows = { name: table, sink: this.#begin(table, tables) };
      }
      for await (const piece of content) {
        await this.#rows.sink.write(piece);
      }
    });
  }

  #begin(name: string, tables: Manifest["tables"]): RowSink {
    if (name === "jobs") {
      return this.#loader.copyJobs();
    }
    const table = tables.find((known) => known.name === name);
    if (table === undefined || this.#loadedTables.has(name)) {
      throw damaged(`the rows of ${name} are not expected`);
    }
    return this.#loader.copyInto(table);
  }

  async #endRows(): Promise<void> {
    const rows = this.#rows;
    if (rows === null) {
      return;
    }
    this.#rows = null;
    const count = await translateFault(`rows of ${rows.name}`, () => rows.sink.end());
    const expected = this.#manifest?.tables.find(({ name }) => name === rows.name)?.rows ?? count;
    if (count !== expected) {
      throw damaged(`it has ${count} rows of ${rows.name} instead of ${expected}`);
    }
    this.#loadedTables.add(rows.name);
  }

  async finish(): Promise<LoadedBackup> {
    await this.#endRows();
    const manifest = this.#manifest;
    if (manifest === null) {
      throw damaged(`it has no ${MANIFEST_NAME}`);
    }
    const missing = manifest.tables.find(
      ({ name, rows }) => rows > 0 && !this.#loadedTables.has(name),
    );
    if (missing !== undefined) {
      throw damaged(`the rows of ${missing.name} are missing`);
    }
    await this.#loader.finish(manifest.sequences);
    const counted = { files: this.#files, problems: this.#problems, sizeBytes: this.#sizeBytes };
    return { manifest, counted, secrets: this.#secrets };
  }
}

function readProblems(content: Buffer): readonly BackupProblem[] {
  const result = z.array(backupProblem).safeParse(parseJson(content.toString("utf8")));
  if (!result.success) {
    throw damaged(`${PROBLEMS_NAME} is invalid`, result.error);
  }
  return result.data;
}

async function readManifest(member: ArchiveMember): Promise<Manifest> {
  if (member.name !== MANIFEST_NAME) {
    throw notABackup();
  }
  const json = parseJson((await readMember(member)).toString("utf8"));
  const start = manifestStart.safeParse(json);
  if (!start.success) {
    throw notABackup();
  }
  if (start.data.formatVersion > FORMAT_VERSION) {
    throw newerRelease(start.data.release, "its format is newer");
  }
  const result = manifestSchema.safeParse(json);
  if (!result.success) {
    throw damaged(`${MANIFEST_NAME} is invalid`, result.error);
  }
  return result.data;
}

function notABackup(): AppError {
  return new AppError("unprocessable_input", "This is not a backup of ucupdates.");
}

function newerRelease(release: string, reason: string): AppError {
  return new AppError(
    "invalid_state",
    `The backup was made by a newer release (${release}; ${reason}): restore it with that release or a later one.`,
  );
}

/** The SQL of the migrations that the backup's database had. */
async function findMigrations({ migrations, release }: Manifest): Promise<readonly string[]> {
  const { migrationDirectories } = await readMigrations(migrationsDirectory());
  return migrations.map((name) => {
    const found = migrationDirectories.find(({ path }) => path === name);
    if (found === undefined) {
      throw newerRelease(release, `it has the migration ${name}`);
    }
    const { content } = found.migrationFile;
    return content.tag === "ok" ? content.value : "";
  });
}

/** Rows that PostgreSQL refuses were damaged after they were read from another PostgreSQL. */
async function translateFault<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDataFault(error) ? damaged(`${name} cannot be loaded`, error) : error;
  }
}
