import { execFile } from "node:child_process";
import { mkdtemp, rm, statfs, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A file system of its own that a test can fill. */
export type SmallDisk = {
  readonly directory: string;
  /** Leaves no more than this free. */
  readonly fill: (freeBytes: number) => Promise<void>;
  readonly empty: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** Mounts a file system in memory, which needs root. */
export async function mountSmallDisk(sizeMib: number): Promise<SmallDisk> {
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-disk-"));
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${sizeMib}m,mode=0700`, "tmpfs", directory]);
  } catch (error) {
    await rm(directory, { recursive: true });
    throw new Error("This test mounts a small file system: run it as root.", { cause: error });
  }
  const filler = join(directory, "filler");
  return {
    directory,
    fill: async (freeBytes) => {
      const { bavail, bsize } = await statfs(directory);
      // What others write at the same time is missing at the end.
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes))).catch(
        ignoreFullDisk,
      );
    },
    empty: () => truncate(filler),
    remove: async () => {
      await run("umount", ["--lazy", directory]);
      await rm(directory, { recursive: true });
    },
  };
}

function ignoreFullDisk(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) {
    throw error;
  }
}
