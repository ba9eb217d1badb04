import "server-only";
import { createHash } from "node:crypto";
import { chmod, lstat, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { AppError } from "#foundation/core/errors";
import { env } from "#foundation/platform/env";
import { makeDirectory } from "#foundation/platform/make-directory";

/** The address of a Unix socket has 104 bytes on macOS and 108 on Linux. */
const MAX_PATH_BYTES = 100;

/**
 * Where the panel listens: a Unix socket in the data directory, whose permissions keep other accounts away, so that what a
 * request says about its sender is true. A named pipe on Windows, whose default permissions do the same.
 */
export function panelSocketPath(): string {
  const { DATA_DIRECTORY } = env();
  const digest = createHash("sha256").update(DATA_DIRECTORY).digest("hex").slice(0, 16);
  if (process.platform === "win32") {
    return String.raw`\\.\pipe\ucupdates-${digest}`;
  }
  const path = join(DATA_DIRECTORY, "run", "panel.sock");
  return Buffer.byteLength(path) <= MAX_PATH_BYTES
    ? path
    : join(tmpdir(), `ucupdates-${digest}`, "panel.sock");
}

/** Makes the directory of the socket private, and removes the socket of a process that was killed. */
export async function preparePanelSocket(): Promise<string> {
  const path = panelSocketPath();
  if (process.platform !== "win32") {
    await makeDirectory(dirname(path), 0o700);
    await requireOwnDirectory(dirname(path));
    await chmod(dirname(path), 0o700);
    await rm(path, { force: true });
  }
  return path;
}

/** Another account may have created the directory before, or a link in its place. */
async function requireOwnDirectory(directory: string): Promise<void> {
  const stats = await lstat(directory);
  if (!stats.isDirectory() || stats.uid !== process.getuid?.()) {
    throw new AppError(
      "unavailable",
      `${directory} belongs to another account: remove it, or choose a shorter DATA_DIRECTORY.`,
    );
  }
}
