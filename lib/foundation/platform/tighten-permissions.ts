import "server-only";
import { chmod, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { log } from "#foundation/platform/log";
import { isMissing } from "#foundation/core/error-code";

/** The permissions that may stay; bits beyond these are removed, and none is added. */
type Modes = { readonly directory: number; readonly file: number };

const PRIVATE: Modes = { directory: 0o700, file: 0o600 };
/** Firmware is not secret: the group may read it, so that a reverse proxy can send it. */
export const CONTENT: Modes = { directory: 0o750, file: 0o640 };

/**
 * The service's own entries in a data directory. PostgreSQL's directory is not among them: PostgreSQL closes it itself,
 * and it belongs to another account if the service runs as root. Entries of others are not changed.
 */
const ENTRIES: ReadonlyMap<string, Modes> = new Map([
  ["files", CONTENT],
  ["staging", PRIVATE],
  ["cache", PRIVATE],
  ["Logs", PRIVATE],
  ["session-secret", PRIVATE],
  ["instance-id", PRIVATE],
]);

/**
 * Removes other accounts' access to a data directory, even one that an earlier version or a restored backup left open.
 * An entry that cannot be changed (such as a volume of another account) is logged and does not stop the start.
 */
export async function tightenPermissions(dataDirectory: string): Promise<void> {
  const refused: string[] = [];
  await tighten(dataDirectory, PRIVATE.directory, refused);
  for (const [name, modes] of ENTRIES) {
    await tightenTree(join(dataDirectory, name), modes, refused);
  }
  const [first] = refused;
  if (first !== undefined) {
    log().warn(
      { first, count: refused.length },
      "The data directory is open to other accounts, and this account may not close it",
    );
  }
}

async function tightenTree(path: string, modes: Modes, refused: string[]): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isFile() === true) {
    await tighten(path, modes.file, refused);
  } else if (found?.isDirectory() === true) {
    await tighten(path, modes.directory, refused);
    for (const name of await readdir(path)) {
      await tightenTree(join(path, name), modes, refused);
    }
  }
}

async function tighten(path: string, allowed: number, refused: string[]): Promise<void> {
  try {
    const { mode } = await lstat(path);
    if ((mode & 0o777 & ~allowed) !== 0) {
      await chmod(path, mode & allowed);
    }
  } catch (error) {
    if (!isMissing(error)) {
      refused.push(path);
    }
  }
}
