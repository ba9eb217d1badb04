import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ImportJob } from "#firmware/imports/model";
import { findImportById, listEarlierAnswers } from "#firmware/imports/server/store";
import type { MemberSuggestion } from "#firmware/imports/suggest-details";
import { suggestDetails } from "#firmware/imports/suggest-details";
import { db } from "#foundation/platform/db/client";

/** The number of earlier imports whose answers are used for suggestions. */
const EARLIER_IMPORTS = 50;

export async function findImport(
  context: UseCaseContext,
  importId: string,
): Promise<ImportJob | null> {
  requirePermission(context.actor, "import:read");
  return findImportById(db, importId);
}

/** Prefills the form for missing details; empty if no details are missing. */
export async function suggestImportDetails(
  context: UseCaseContext,
  job: ImportJob,
): Promise<readonly MemberSuggestion[]> {
  requirePermission(context.actor, "import:read");
  if (job.state !== "needs_details") {
    return [];
  }
  // The answers of this import come first, because they may have been refused a moment ago.
  const earlier = [job.answers, ...(await listEarlierAnswers(db, EARLIER_IMPORTS))];
  return suggestDetails(job.undescribed, earlier);
}
