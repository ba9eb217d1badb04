import "server-only";

import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { StagedUpload } from "#lib/files/server/stage-upload";
import { stageUpload } from "#lib/files/server/stage-upload";
import { removeStaged } from "#lib/files/server/staging";
import { importStarted } from "#lib/imports/audit-facts";
import type { ImportJob } from "#lib/imports/model";
import { NO_ANSWERS } from "#lib/imports/model";
import type { StartInput } from "#lib/imports/schema";
import { choosePools } from "#lib/imports/server/choose-pools";
import { queueImport } from "#lib/imports/server/queue-import";
import { findAnswersForContent, insertImport } from "#lib/imports/server/store";
import { db, inTransaction } from "#lib/platform/db/client";
import { env } from "#lib/platform/env";
import type { Pool } from "#lib/pools/model";

const LONGEST_SILENCE_MS = 60_000;

export type StartImport = StartInput & {
  /** Read once, as it arrives. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The size the sender announced; null where it did not. */
  readonly announcedBytes: number | null;
};

/**
 * Receives a package and queues its import. Who may not, and pools that do not exist, are refused before
 * the first byte is read. Once this returns, the import goes on without whoever sent it.
 */
export async function startImport(context: UseCaseContext, input: StartImport): Promise<ImportJob> {
  requirePermission(context.actor, "import:create");
  const pools = await choosePools(context, input.pools);
  const upload = await stageUpload(input.body, {
    maxBytes: env().MAX_UPLOAD_BYTES,
    idleMs: LONGEST_SILENCE_MS,
    announcedBytes: input.announcedBytes,
  });
  try {
    return await queueUpload(context, { input, pools, upload });
  } catch (error) {
    await removeStaged(upload.name);
    throw error;
  }
}

type ReceivedPackage = {
  readonly input: StartInput;
  readonly pools: readonly Pool[];
  readonly upload: StagedUpload;
};

async function queueUpload(
  { actor, now, requestId }: UseCaseContext,
  { input, pools, upload }: ReceivedPackage,
): Promise<ImportJob> {
  if (upload.sizeBytes === 0) {
    throw new AppError("invalid_input", "The file is empty.", {
      reason: { code: "upload_empty" },
    });
  }
  // The same bytes ask the same questions; what was answered then is the answer now.
  const answers = (await findAnswersForContent(db, upload.sha256)) ?? NO_ANSWERS;
  return inTransaction(async (tx) => {
    const job = await insertImport(tx, {
      fileName: input.fileName,
      sizeBytes: upload.sizeBytes,
      sha256: upload.sha256,
      upload: upload.name,
      poolIds: pools.map(({ id }) => id),
      notes: input.notes,
      answers: { ...answers, mismatchReason: input.mismatchReason ?? answers.mismatchReason },
      createdByName: actor.name,
      createdById: actor.id,
      createdAt: now,
    });
    await queueImport(tx, job.id);
    await recordAudit(tx, { actor, now, requestId }, [importStarted(job, pools)]);
    return job;
  });
}
