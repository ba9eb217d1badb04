import { rm } from "node:fs/promises";
import { join } from "node:path";
import { env } from "#foundation/platform/env";

export function anchorPath(): string {
  return join(env().DATA_DIRECTORY, "audit-anchor.json");
}

/** Test files share a data directory but not tables, so the anchor of one does not fit the next. */
export function removeAnchor(): Promise<void> {
  return rm(anchorPath(), { force: true });
}
