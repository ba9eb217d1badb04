import "server-only";

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { nullIfMissing } from "#foundation/core/error-code";
import type { StoredFile } from "#firmware/files/model";
import { contentBackend } from "#firmware/files/server/content-backend";
import { newStagingName, removeStaged, stagedPath } from "#firmware/files/server/staging";
import type { ObjectStore } from "#foundation/platform/objects/object-store";

/** A package in the content store, where every host can read it. */
export type StagedUpload = StoredFile & { readonly name: string };

const FOLDER = "uploads/";

/** A unique name for an upload, which contains the process that receives it. */
export function newUploadName(): Promise<string> {
  return newStagingName("upload");
}

/** Stores the body of an upload durably. If the body or the store fails, nothing of it stays. */
export async function writeUpload(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const store = contentBackend();
  if (store.kind === "objects") {
    await store.objects.put(`${FOLDER}${name}`, body);
    return;
  }
  try {
    const handle = await open(stagedPath(name), "wx", 0o600);
    try {
      for await (const chunk of body) {
        await writeWhole(handle, chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await removeStaged(name);
    throw error;
  }
}

/**
 * The path of an upload on this host, for random access. Object storage is copied into the work directory. Throws
 * `ENOENT` if the upload is gone.
 */
export async function fetchUpload(
  { name, sha256 }: StagedUpload,
  { workDirectory, signal }: { readonly workDirectory: string; readonly signal: AbortSignal },
): Promise<string> {
  const store = contentBackend();
  if (store.kind === "directory") {
    return stagedPath(name);
  }
  const opened = await store.objects.open(`${FOLDER}${name}`);
  if (opened === null) {
    throw Object.assign(new Error(`The upload ${name} is gone.`), { code: "ENOENT" });
  }
  const path = join(workDirectory, "upload.fetched");
  const hash = createHash("sha256");
  const handle = await open(path, "wx", 0o600);
  await pipeline(opened.body, hashing(hash), handle.createWriteStream(), { signal });
  if (hash.digest("hex") !== sha256) {
    throw new Error(`The upload ${name} differs from what was received.`);
  }
  return path;
}

/** Throws `unavailable` while the content store cannot be read. */
export async function requireUploadStore(name: string): Promise<void> {
  const store = contentBackend();
  if (store.kind === "objects") {
    await store.objects.look(`${FOLDER}${name}`);
  }
}

/** The content of an upload, for a backup; null if it is gone. */
export async function openUpload(
  name: string,
): Promise<{ readonly sizeBytes: number; readonly pieces: AsyncIterable<Uint8Array> } | null> {
  const path = stagedPath(name);
  const store = contentBackend();
  if (store.kind === "objects") {
    const opened = await store.objects.open(`${FOLDER}${name}`);
    return opened === null ? null : { sizeBytes: opened.sizeBytes, pieces: opened.body };
  }
  const found = await stat(path).catch(nullIfMissing);
  return found === null ? null : { sizeBytes: found.size, pieces: createReadStream(path) };
}

/** Moves a complete file of the staging area to the store, as the upload of this name. Replaces an equal upload. */
export async function restoreUpload(stagedFile: string, name: string): Promise<void> {
  const path = stagedPath(name);
  const store = contentBackend();
  if (store.kind === "directory") {
    await rename(stagedFile, path);
    return;
  }
  await store.objects.put(`${FOLDER}${name}`, createReadStream(stagedFile));
  await rm(stagedFile);
}

export async function removeUpload(name: string): Promise<void> {
  const store = contentBackend();
  await (store.kind === "directory"
    ? removeStaged(name)
    : store.objects.remove(`${FOLDER}${name}`));
}

export type ListedUpload = {
  readonly name: string;
  readonly changedAt: Date;
  /** Whether it is still being received. */
  readonly isUnfinished: boolean;
  readonly remove: () => Promise<void>;
};

/** The uploads in object storage. Those in a directory are listed with the staging area. */
export async function* listUploadObjects(objects: ObjectStore): AsyncGenerator<ListedUpload> {
  for await (const { key, changedAt } of objects.list(FOLDER)) {
    const remove = (): Promise<void> => objects.remove(key);
    yield { name: key.slice(FOLDER.length), changedAt, isUnfinished: false, remove };
  }
  for await (const { key, beganAt, abort } of objects.listUnfinished(FOLDER)) {
    const name = key.slice(FOLDER.length);
    yield { name, changedAt: beganAt, isUnfinished: true, remove: abort };
  }
}

/** Repeats partial writes. A write may store fewer bytes than given, for example when the disk fills up. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written);
    written += bytesWritten;
  }
}

function hashing(hash: ReturnType<typeof createHash>) {
  return async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
}
