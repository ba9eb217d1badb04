import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { GivenDetails } from "#formats/cab/description/given-details";
import { aContext } from "#foundation/core/testing/contexts";
import { isSha256 } from "#firmware/files/model";
import { isMissing } from "#foundation/core/error-code";
import { stagingDirectory } from "#firmware/files/server/content-backend";
import type { ImportJob } from "#firmware/imports/model";
import type { StartInput } from "#firmware/imports/schema";
import { startInput } from "#firmware/imports/schema";
import { findImport } from "#firmware/imports/server/find-import";
import { runImport } from "#firmware/imports/server/run-import";
import { startImport } from "#firmware/imports/server/start-import";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { emptyTables } from "#foundation/platform/testing/database";

export const NOW = new Date("2026-11-22T10:00:00Z");

export async function* aBody(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 65_536) {
    yield await Promise.resolve(bytes.subarray(start, start + 65_536));
  }
}

export function startImportOf(
  bytes: Uint8Array,
  fields: Partial<StartInput> = {},
): Promise<ImportJob> {
  return startImport(aContext(), {
    ...startInput.parse({ fileName: "UCUpdates.cab", pools: { all: true } }),
    body: aBody(bytes),
    announcedBytes: bytes.length,
    ...fields,
  });
}

export async function run(importId: string): Promise<ImportJob> {
  await runImport({ importId, signal: new AbortController().signal, now: () => NOW });
  return requireImport(importId);
}

/** Uploads a package and runs its import. */
export async function importOf(
  bytes: Uint8Array,
  fields: Partial<StartInput> = {},
): Promise<ImportJob> {
  const { id } = await startImportOf(bytes, fields);
  return run(id);
}

export async function requireImport(importId: string): Promise<ImportJob> {
  const job = await findImport(aContext(), importId);
  if (job === null) {
    throw new Error("there is no such import");
  }
  return job;
}

/** The error sentence of a failed import. */
export function requireFailure(job: ImportJob): string {
  if (job.state !== "failed") {
    throw new Error(`the import is ${job.state}`);
  }
  return job.error;
}

export function someDetails(fields: Partial<GivenDetails> = {}): GivenDetails {
  return {
    path: "firmware/sip.ld",
    deviceType: "3PIP",
    brand: "Polycom",
    model: "VVX410",
    revision: "A",
    locale: "ENU",
    version: "5.4.0.1",
    updateType: "FW",
    ...fields,
  };
}

/** Resets the service: empty tables and empty directories. */
export async function emptyImports(): Promise<void> {
  await emptyTables();
  await rm(stagingDirectory(), { recursive: true, force: true });
  await rm(contentDirectory(), { recursive: true, force: true });
}

/** The names in the staging area. */
export function listStaging(): Promise<readonly string[]> {
  return list(stagingDirectory());
}

type VisibleCounts = Readonly<Record<keyof typeof NOTHING_VISIBLE, number>>;

/** Counts what an import has left behind. All counts are zero after a package that failed. */
export async function countVisible(): Promise<VisibleCounts> {
  return {
    rules: await db.updateRule.count(),
    releases: await db.release.count(),
    packages: await db.package.count(),
    events: await db.ruleEvent.count(),
    files: (await list(contentDirectory())).filter(isSha256).length,
    staged: (await listStaging()).length,
  };
}

function contentDirectory(): string {
  return join(env().DATA_DIRECTORY, "files");
}

/** The file names below a directory, recursively; empty if the directory does not exist. */
async function list(directory: string): Promise<readonly string[]> {
  try {
    const names = await readdir(directory, { recursive: true });
    return names.map((name) => basename(name));
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

export const NOTHING_VISIBLE = {
  rules: 0,
  releases: 0,
  packages: 0,
  events: 0,
  files: 0,
  staged: 0,
} as const;
