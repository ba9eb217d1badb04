import "server-only";

import { basename } from "node:path";
import { CabError } from "#formats/cab/cab-error";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { stageUpload } from "#firmware/files/server/stage-upload";
import { makeWorkDirectory, removeStaged } from "#firmware/files/server/staging";
import { fetchUpload, removeUpload } from "#firmware/files/server/uploads";
import type { DetailsQuestion, FoundUpdate } from "#firmware/imports/model";
import type { StartInput } from "#firmware/imports/schema";
import { choosePools } from "#firmware/imports/server/choose-pools";
import { findFirstAnswers } from "#firmware/imports/server/first-answers";
import { importLimits } from "#firmware/imports/server/import-limits";
import type { PackageReading } from "#firmware/imports/server/read-package";
import { readPackage } from "#firmware/imports/server/read-package";
import { toFoundUpdate } from "#firmware/imports/server/verify-updates";
import { db, inTransaction } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { env } from "#foundation/platform/env";
import type { ImportOutcome } from "#firmware/rules/imported-update";
import { findVocabularyUnchecked } from "#firmware/rules/server/find-vocabulary";
import { previewImport } from "#firmware/rules/server/import-releases";

export type PreviewInput = StartInput & {
  readonly body: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
};

/** The result that an import would have. */
export type PackagePreview =
  | {
      readonly state: "succeeded";
      readonly rules: readonly ImportOutcome[];
      readonly updates: readonly FoundUpdate[];
    }
  | ({ readonly state: "needs_details" } & Omit<DetailsQuestion, "failure">)
  | { readonly state: "needs_confirmation"; readonly mismatched: readonly FoundUpdate[] };

const MAX_IDLE_MS = 60_000;

/**
 * Reads a package as an import would and returns what it would change, without changing anything. Throws
 * `unsupported_cabinet` or `conflict` if the import would fail because of the package.
 */
export async function previewPackage(
  context: UseCaseContext,
  input: PreviewInput,
): Promise<PackagePreview> {
  requirePermission(context.actor, "import:create");
  const pools = await choosePools(context, input.pools);
  const upload = await stageUpload(input.body, {
    maxBytes: env().MAX_UPLOAD_BYTES,
    idleMs: MAX_IDLE_MS,
    announcedBytes: null,
  });
  const workDirectory = await makeWorkDirectory();
  try {
    const path = await fetchUpload(upload, { workDirectory, signal: input.signal });
    const reading = await readPackage(
      { ...upload, path, fileName: input.fileName },
      {
        answers: await findFirstAnswers(db, input, upload.sha256),
        vocabulary: await findVocabularyUnchecked(),
        workDirectory,
        limits: importLimits(),
        onProgress: () => undefined,
        signal: input.signal,
      },
    );
    return await toPreview(context, reading, pools);
  } catch (error) {
    throw error instanceof CabError
      ? new AppError("unsupported_cabinet", error.message, { cause: error })
      : error;
  } finally {
    await removeStaged(basename(workDirectory));
    await removeUpload(upload.name);
  }
}

async function toPreview(
  context: UseCaseContext,
  reading: PackageReading,
  pools: readonly Pool[],
): Promise<PackagePreview> {
  switch (reading.kind) {
    case "needs_details":
      return {
        state: reading.kind,
        undescribed: reading.undescribed,
        understood: reading.understood,
        ignored: reading.ignored,
        problem: reading.problem,
      };
    case "needs_confirmation":
      return { state: reading.kind, mismatched: reading.mismatched };
    case "failed":
      throw new AppError("unsupported_cabinet", reading.error);
    case "readable": {
      const { updates } = reading;
      const rules = await inTransaction((tx) => previewImport(tx, context, { updates, pools }));
      return { state: "succeeded", rules, updates: updates.map(toFoundUpdate) };
    }
  }
}
