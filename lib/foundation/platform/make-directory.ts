import "server-only";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isMissing } from "#foundation/core/error-code";

/**
 * Creates a directory and those above it that are missing. Node's recursive `mkdir` never returns on a file system that
 * answers ENOENT to new names, such as `/proc`.
 */
export async function makeDirectory(path: string, mode?: number): Promise<void> {
  try {
    await makeOne(path, mode);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) {
      throw error;
    }
    await makeDirectory(dirname(path), mode);
    await makeOne(path, mode);
  }
}

async function makeOne(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    // A root that exists may answer with another code than EEXIST.
    const isThere = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isThere || isMissing(error)) {
      throw error;
    }
  }
}
