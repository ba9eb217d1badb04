import "server-only";

import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ConfirmInput } from "#firmware/imports/schema";
import { answerImportUnchecked } from "#firmware/imports/server/answer-import";

/** The administrator wants images although their catalog does not vouch for them, and says why. */
export async function confirmImport(
  context: UseCaseContext,
  { importId, reason }: ConfirmInput,
): Promise<void> {
  requirePermission(context.actor, "import:create");
  await answerImportUnchecked(context, {
    importId,
    toAnswers: (job) => {
      if (job.state !== "needs_confirmation") {
        throw new AppError("invalid_state", "This import does not wait for a confirmation.");
      }
      return { ...job.answers, mismatchReason: reason };
    },
  });
}
