import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import path from "node:path";
import type { FileToFetch } from "#programs/simulator/model";
import { nullIfMissing } from "#foundation/core/error-code";
import { makeDirectory } from "#foundation/platform/make-directory";

/** The partly downloaded image; it survives a restart of the phone. */
export type PartialFile = {
  readonly finalPath: string;
  readonly partPath: string;
  /** File with the ETag of the content that the part belongs to. */
  readonly etagPath: string;
};

type NamedFile = Pick<FileToFetch, "sha256" | "internalUrl">;

/** The expected digest; if unknown, the digest of its URL, which contains the version. */
export function nameOfImage({ sha256, internalUrl }: NamedFile): string {
  return sha256 ?? createHash("sha256").update(internalUrl).digest("hex");
}

export function partialFile(directory: string, file: NamedFile): PartialFile {
  const finalPath = path.join(directory, nameOfImage(file));
  return { finalPath, partPath: `${finalPath}.part`, etagPath: `${finalPath}.etag` };
}

/** Size and ETag of the part; a part without a known ETag cannot be continued. */
export async function readPart(
  file: PartialFile,
): Promise<{ readonly sizeBytes: number; readonly etag: string }> {
  const etag = await readFile(file.etagPath, "utf8").catch(nullIfMissing);
  const sizeBytes = await sizeOf(file.partPath);
  return etag === null || sizeBytes === null ? { sizeBytes: 0, etag: "" } : { sizeBytes, etag };
}

/** Starts from the beginning. Only a strong ETag allows to continue later (RFC 9110, 13.1.5). */
export async function startPart(file: PartialFile, etag: string | undefined): Promise<FileHandle> {
  await makeDirectory(path.dirname(file.partPath));
  await rm(file.etagPath, { force: true });
  const handle = await open(file.partPath, "w");
  if (etag?.startsWith('"') === true) {
    await writeFile(file.etagPath, etag);
  }
  return handle;
}

export function continuePart(file: PartialFile): Promise<FileHandle> {
  return open(file.partPath, "a");
}

export async function discardPart(file: PartialFile): Promise<void> {
  await rm(file.partPath, { force: true });
  await rm(file.etagPath, { force: true });
}

export async function finishPart(file: PartialFile): Promise<void> {
  await rename(file.partPath, file.finalPath);
  await rm(file.etagPath, { force: true });
}

/** The hash of the bytes that the file has so far; the empty hash when there is no file. */
export async function hashOf(filePath: string): Promise<Hash> {
  const hash = createHash("sha256");
  if ((await sizeOf(filePath)) !== null) {
    for await (const chunk of createReadStream(filePath)) {
      if (Buffer.isBuffer(chunk)) {
        hash.update(chunk);
      }
    }
  }
  return hash;
}

/** Null when the file does not exist. */
export async function sizeOf(filePath: string): Promise<number | null> {
  const stats = await stat(filePath).catch(nullIfMissing);
  return stats?.size ?? null;
}

/** Removes every image that is not on a partition and not being downloaded. */
export async function removeOtherImages(
  directory: string,
  keep: ReadonlySet<string>,
): Promise<void> {
  const names = (await readdir(directory).catch(nullIfMissing)) ?? [];
  const others = names.filter((name) => !keep.has(name.slice(0, 64)));
  await Promise.all(others.map((name) => rm(path.join(directory, name), { force: true })));
}
