import "server-only";

import { pathKey } from "#formats/cab/description/member-paths";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ImportAnswers, ImportJob } from "#firmware/imports/model";
import type { DescribeInput } from "#firmware/imports/schema";
import { answerImportUnchecked } from "#firmware/imports/server/answer-import";

/** Takes the administrator's details of undescribed images, or leaves images out. */
export async function describeImport(context: UseCaseContext, input: DescribeInput): Promise<void> {
  requirePermission(context.actor, "import:create");
  await answerImportUnchecked(context, {
    importId: input.importId,
    toAnswers: (job) => toAnswers(job, input),
  });
}

/** Requires an answer for every image in question, because a partial answer would only lead to another question. */
function toAnswers(job: ImportJob, { details, leftOut }: DescribeInput): ImportAnswers {
  if (job.state !== "needs_details") {
    throw new AppError("invalid_state", "This import is not waiting for details.");
  }
  const answered = new Set([...details.map(({ path }) => path), ...leftOut].map(pathKey));
  // Files of unknown kind are only candidates and need no answer.
  const open = job.undescribed.find(
    ({ path, why }) =>
      !answered.has(pathKey(path)) && (why !== "unknown_kind" || answered.size === 0),
  );
  if (open !== undefined) {
    throw new AppError("invalid_input", `An answer for ${open.path} is missing.`, {
      fields: [{ path: open.path, message: "Describe this file or leave it out." }],
      reason: { code: "undescribed_file", path: open.path },
    });
  }
  return { details, leftOut, mismatchReason: job.answers.mismatchReason };
}
