import "server-only";

import { pathKey } from "#formats/cab/description/member-paths";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ImportAnswers, ImportJob } from "#firmware/imports/model";
import type { DescribeInput } from "#firmware/imports/schema";
import { answerImportUnchecked } from "#firmware/imports/server/answer-import";

/** The administrator says what the images of a package are for, or that they are not to be imported. */
export async function describeImport(context: UseCaseContext, input: DescribeInput): Promise<void> {
  requirePermission(context.actor, "import:create");
  await answerImportUnchecked(context, {
    importId: input.importId,
    toAnswers: (job) => toAnswers(job, input),
  });
}

/** Every image in question must be answered for: half an answer would only be asked again. */
function toAnswers(job: ImportJob, { details, leftOut }: DescribeInput): ImportAnswers {
  if (job.state !== "needs_details") {
    throw new AppError("invalid_state", "This import does not wait for details.");
  }
  const answered = new Set([...details.map(({ path }) => path), ...leftOut].map(pathKey));
  // Files that may be anything are only offered to choose from.
  const open = job.undescribed.find(
    ({ path, why }) =>
      !answered.has(pathKey(path)) && (why !== "unknown_kind" || answered.size === 0),
  );
  if (open !== undefined) {
    throw new AppError("invalid_input", `Nothing is said about ${open.path}.`, {
      fields: [{ path: open.path, message: "Describe this file or leave it out." }],
      reason: { code: "undescribed_file", path: open.path },
    });
  }
  return { details, leftOut, mismatchReason: job.answers.mismatchReason };
}
