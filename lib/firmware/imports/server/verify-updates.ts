import "server-only";

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { CatalogCheck } from "#formats/cab/catalog/verify-catalog";
import { verifyCatalog } from "#formats/cab/catalog/verify-catalog";
import type { DescribedFile, DescribedUpdate } from "#formats/cab/description/model";
import type { FoundUpdate } from "#firmware/imports/model";
import type { ImportedUpdate } from "#firmware/rules/imported-update";

/** A described update whose image was checked against its catalog. */
export type VerifiedUpdate = ImportedUpdate & { readonly describedBy: FoundUpdate["describedBy"] };

/** The paths of unpacked content by SHA-256. */
export type StagedPaths = ReadonlyMap<string, string>;

/** A catalog only lists digests, so a larger file is not a catalog. It is not read into memory. */
const MAX_CATALOG_BYTES = 16 * 1024 * 1024;

export async function verifyUpdates(
  updates: readonly DescribedUpdate[],
  staged: StagedPaths,
): Promise<VerifiedUpdate[]> {
  const verified: VerifiedUpdate[] = [];
  // Sequential: images are large, and parallel streams only make the disk seek.
  for (const update of updates) {
    const check = await checkCatalog(update, staged);
    verified.push({
      hardware: update.hardware,
      updateType: update.updateType,
      version: update.version,
      files: update.files.map(({ role, fileName, sizeBytes, sha256 }) => ({
        role,
        fileName,
        sizeBytes,
        sha256,
      })),
      describedBy: update.describedBy,
      catalogVerdict: check.verdict,
      catalogSigner: "signature" in check ? (check.signature?.signer ?? null) : null,
    });
  }
  return verified;
}

/** The update as reports show it. */
export function toFoundUpdate(update: VerifiedUpdate): FoundUpdate {
  return {
    hardware: update.hardware,
    updateType: update.updateType,
    version: update.version,
    fileNames: update.files.map(({ fileName }) => fileName),
    sizeBytes: update.files.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
    describedBy: update.describedBy,
    catalogVerdict: update.catalogVerdict,
    catalogSigner: update.catalogSigner,
  };
}

/** The staged path of a described file. Throws if it was not unpacked, which is a defect. */
export function requireStaged(staged: StagedPaths, sha256: string): string {
  const path = staged.get(sha256);
  if (path === undefined) {
    throw new Error(`A described file was not unpacked: ${sha256}.`);
  }
  return path;
}

async function checkCatalog(
  { files }: DescribedUpdate,
  staged: StagedPaths,
): Promise<CatalogCheck> {
  const image = files.find(({ role }) => role === "image");
  const catalog = files.find(({ role }) => role === "signature");
  if (image === undefined || catalog === undefined) {
    return { verdict: "no_catalog" };
  }
  if (catalog.sizeBytes > MAX_CATALOG_BYTES) {
    const problem = "It is too large for a catalog.";
    return { verdict: "unreadable_catalog", signature: null, problem };
  }
  const bytes = await readFile(requireStaged(staged, catalog.sha256));
  return verifyCatalog(bytes, { sha1: await sha1Of(image, staged), sha256: image.sha256 });
}

async function sha1Of({ sha256 }: DescribedFile, staged: StagedPaths): Promise<string> {
  const hash = createHash("sha1");
  await pipeline(createReadStream(requireStaged(staged, sha256)), hash);
  return hash.digest("hex");
}
