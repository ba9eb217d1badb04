import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { importDescribed } from "#firmware/imports/audit-facts";
import type { ImportAnswers, ImportJob } from "#firmware/imports/model";
import { queueImport } from "#firmware/imports/server/queue-import";
import { findImportById, requeueAnswered } from "#firmware/imports/server/store";
import { inTransaction } from "#foundation/platform/db/client";

export type Answered = {
  readonly importId: string;
  /** Merges the answer into the answers of the import. Throws if the import does not ask for it. */
  readonly toAnswers: (job: ImportJob) => ImportAnswers;
};

/** Continues a waiting import with an answer. The calling use case checks the permission. */
export async function answerImportUnchecked(
  context: UseCaseContext,
  { importId, toAnswers }: Answered,
): Promise<void> {
  await inTransaction(async (tx) => {
    const job = await findImportById(tx, importId);
    if (job === null) {
      throw new AppError("not_found", "This import no longer exists.");
    }
    const answers = toAnswers(job);
    if (!(await requeueAnswered(tx, { id: job.id, state: job.state, answers }))) {
      throw new AppError("conflict", "Another administrator has already answered.");
    }
    await queueImport(tx, job.id);
    await recordAudit(tx, context, [importDescribed(job, answers)]);
  });
}
