import { access, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { platform } from "node:process";
import type { UnpackedMember } from "#formats/cab/unpacked-member";
import type { UnpackedPart } from "#formats/cab/unpack-job";

/**
 * Renames flushed parts to their digest: all or none. On failure it deletes the files that it has already
 * renamed; files that existed before stay.
 */
export async function publishParts(
  stagingDirectory: string,
  parts: readonly UnpackedPart[],
  signal: AbortSignal | undefined,
): Promise<UnpackedMember[]> {
  const published: string[] = [];
  try {
    for (const { sha256, partPath } of uniqueParts(parts)) {
      signal?.throwIfAborted();
      const stagedPath = join(stagingDirectory, sha256);
      if (await exists(stagedPath)) {
        await rm(partPath);
      } else {
        await rename(partPath, stagedPath);
        published.push(stagedPath);
      }
    }
    await flushDirectory(stagingDirectory);
    signal?.throwIfAborted();
  } catch (error) {
    await Promise.all(published.map((stagedPath) => rm(stagedPath, { force: true })));
    throw error;
  }
  return parts.map(({ path, nameProblem, containers, sizeBytes, sha256, modifiedAt }) => ({
    path,
    nameProblem,
    containers,
    sizeBytes,
    sha256,
    stagedPath: join(stagingDirectory, sha256),
    modifiedAt,
  }));
}

/** Deletes the part files that a stopped or failed worker left. */
export async function removeParts(stagingDirectory: string, partPrefix: string): Promise<void> {
  const names = await readdir(stagingDirectory);
  const left = names.filter((name) => name.startsWith(partPrefix));
  await Promise.all(left.map((name) => rm(join(stagingDirectory, name), { force: true })));
}

function uniqueParts(parts: readonly UnpackedPart[]): UnpackedPart[] {
  return [...new Map(parts.map((part) => [part.sha256, part])).values()];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Flushes the directory, which makes its renames durable. Windows cannot open a directory. */
async function flushDirectory(directory: string): Promise<void> {
  if (platform === "win32") {
    return;
  }
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
