import "server-only";

import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ConfirmInput } from "#firmware/imports/schema";
import { answerImportUnchecked } from "#firmware/imports/server/answer-import";

/** Accepts images that their catalog does not confirm, with the administrator's reason. */
export async function confirmImport(
  context: UseCaseContext,
  { importId, reason }: ConfirmInput,
): Promise<void> {
  requirePermission(context.actor, "import:create");
  await answerImportUnchecked(context, {
    importId,
    toAnswers: (job) => {
      if (job.state !== "needs_confirmation") {
        throw new AppError("invalid_state", "This import is not waiting for confirmation.");
      }
      return { ...job.answers, mismatchReason: reason };
    },
  });
}
