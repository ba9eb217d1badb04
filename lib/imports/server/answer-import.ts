import "server-only";

import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { importDescribed } from "#lib/imports/audit-facts";
import type { ImportAnswers, ImportJob } from "#lib/imports/model";
import { queueImport } from "#lib/imports/server/queue-import";
import { findImportById, requeueAnswered } from "#lib/imports/server/store";
import { inTransaction } from "#lib/platform/db/client";

export type Answered = {
  readonly importId: string;
  /** What is known after the answer; throws where the import does not ask for it. */
  readonly toAnswers: (job: ImportJob) => ImportAnswers;
};

/** Lets a waiting import go on with an answer. The caller has authorised. */
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
      throw new AppError("conflict", "Somebody else has answered meanwhile.");
    }
    await queueImport(tx, job.id);
    await recordAudit(tx, context, [importDescribed(job, answers)]);
  });
}
