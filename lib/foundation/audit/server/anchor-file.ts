import "server-only";

import { open, readFile, rename } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import type { AuditAnchor, StoredAnchor } from "#foundation/audit/anchor";
import { parseAnchor } from "#foundation/audit/anchor";
import { env } from "#foundation/platform/env";
import { isMissing } from "#foundation/core/error-code";

/** Identifies the anchor: each server on a database has its own data directory and its own anchor. */
export function anchorPlace(): string {
  return `${hostname()}:${env().DATA_DIRECTORY}`;
}

export async function readAnchor(): Promise<StoredAnchor> {
  try {
    return parseAnchor(await readFile(anchorPath(), "utf8"));
  } catch (error) {
    if (isMissing(error)) {
      return { state: "missing" };
    }
    throw error;
  }
}

/** Replaces the file atomically: after a crash it contains the old anchor or the new one. */
export async function writeAnchor(anchor: AuditAnchor): Promise<void> {
  const path = anchorPath();
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(anchor)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  const directory = await open(dirname(path), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function anchorPath(): string {
  return join(env().DATA_DIRECTORY, "audit-anchor.json");
}
