import "server-only";

import type { ImportAnswers } from "#firmware/imports/model";
import { NO_ANSWERS } from "#firmware/imports/model";
import type { StartInput } from "#firmware/imports/schema";
import { hasGivenDetails } from "#firmware/imports/schema";
import { findAnswersForContent } from "#firmware/imports/server/store";
import type { Db } from "#foundation/platform/db/client";

/**
 * The answers with which an import starts: those that came with the package, else those of the last import of the same
 * bytes, which lead to the same questions.
 */
export async function findFirstAnswers(
  db: Db,
  { details, leftOut, mismatchReason }: StartInput,
  sha256: string,
): Promise<ImportAnswers> {
  const earlier = (await findAnswersForContent(db, sha256)) ?? NO_ANSWERS;
  const given = hasGivenDetails({ details, leftOut }) ? { details, leftOut } : earlier;
  return {
    details: given.details,
    leftOut: given.leftOut,
    mismatchReason: mismatchReason ?? earlier.mismatchReason,
  };
}
