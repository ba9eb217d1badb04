import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { requireContentStoreOfServers } from "#firmware/files/server/content-store-identity";
import { stageUpload } from "#firmware/files/server/stage-upload";
import type { StagedUpload } from "#firmware/files/server/uploads";
import { removeUpload } from "#firmware/files/server/uploads";
import { importDescribed, importStarted } from "#firmware/imports/audit-facts";
import type { ImportJob } from "#firmware/imports/model";
import type { StartInput } from "#firmware/imports/schema";
import { hasGivenDetails } from "#firmware/imports/schema";
import { choosePools } from "#firmware/imports/server/choose-pools";
import { findFirstAnswers } from "#firmware/imports/server/first-answers";
import { queueImport } from "#firmware/imports/server/queue-import";
import { insertImport } from "#firmware/imports/server/store";
import { db, inTransaction } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import type { Pool } from "#fleet/pools/model";

const MAX_IDLE_MS = 60_000;

export type StartImport = StartInput & {
  /** Read once, as a stream. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The announced size; null if unknown. */
  readonly announcedBytes: number | null;
};

/**
 * Receives a package and queues its import. Checks the permission and the pools before it reads the first byte. After
 * this returns, the import runs independently of the client.
 */
export async function startImport(context: UseCaseContext, input: StartImport): Promise<ImportJob> {
  requirePermission(context.actor, "import:create");
  const pools = await choosePools(context, input.pools);
  await requireContentStoreOfServers();
  const upload = await stageUpload(input.body, {
    maxBytes: env().MAX_UPLOAD_BYTES,
    idleMs: MAX_IDLE_MS,
    announcedBytes: input.announcedBytes,
  });
  try {
    return await queueUpload(context, { input, pools, upload });
  } catch (error) {
    await removeUpload(upload.name);
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
  const answers = await findFirstAnswers(db, input, upload.sha256);
  return inTransaction(async (tx) => {
    const job = await insertImport(tx, {
      fileName: input.fileName,
      sizeBytes: upload.sizeBytes,
      sha256: upload.sha256,
      upload: upload.name,
      poolIds: pools.map(({ id }) => id),
      notes: input.notes,
      answers,
      createdByName: actor.name,
      createdById: actor.id,
      createdAt: now,
    });
    await queueImport(tx, job.id);
    await recordAudit(tx, { actor, now, requestId }, [
      importStarted(job, pools),
      ...(hasGivenDetails(input) ? [importDescribed(job, answers)] : []),
    ]);
    return job;
  });
}
