import "server-only";
import { existsSync, mkdirSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, isMissing } from "#foundation/core/error-code";

/**
 * Creates a directory and those above it that are missing. Says whether this call created it. Node's recursive `mkdir`
 * never returns on a file system that answers ENOENT to new names, such as `/proc`.
 */
export async function makeDirectory(path: string, mode?: number): Promise<boolean> {
  try {
    return await makeOne(path, mode);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) {
      throw error;
    }
    await makeDirectory(dirname(path), mode);
    return makeOne(path, mode);
  }
}

async function makeOne(path: string, mode: number | undefined): Promise<boolean> {
  try {
    await mkdir(path, { mode });
    return true;
  } catch (error) {
    // A root that exists may answer with another code than EEXIST.
    const isThere = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isThere || isMissing(error)) {
      throw error;
    }
    return false;
  }
}

/** The same for what is read before anything can wait, such as a secret. */
export function makeDirectorySync(path: string, mode?: number): void {
  if (existsSync(path)) {
    return;
  }
  makeDirectorySync(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (errorCode(error) !== "EEXIST") {
      throw error;
    }
  }
}
