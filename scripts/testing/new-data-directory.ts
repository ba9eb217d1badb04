import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { copyDatabase } from "#foundation/platform/testing/copy-database";

/**
 * A data directory with a migrated database without a row, as after an interrupted first start. A server starts there
 * four processor seconds sooner than in an empty directory.
 */
export async function newDataDirectory(name: string, parent = tmpdir()): Promise<string> {
  const dataDirectory = await mkdtemp(join(parent, `ucupdates-${name}-`));
  await copyDatabase(inject("migrated"), dataDirectory);
  return dataDirectory;
}
