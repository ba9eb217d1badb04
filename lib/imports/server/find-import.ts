import "server-only";

import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { ImportJob } from "#lib/imports/model";
import { findImportById, listEarlierAnswers } from "#lib/imports/server/store";
import type { MemberSuggestion } from "#lib/imports/suggest-details";
import { suggestDetails } from "#lib/imports/suggest-details";
import { db } from "#lib/platform/db/client";

/** How far back answers are remembered. */
const EARLIER_IMPORTS = 50;

export async function findImport(
  context: UseCaseContext,
  importId: string,
): Promise<ImportJob | null> {
  requirePermission(context.actor, "import:read");
  return findImportById(db, importId);
}

/** What the form for missing details begins with; empty where nothing is missing. */
export async function suggestImportDetails(
  context: UseCaseContext,
  job: ImportJob,
): Promise<readonly MemberSuggestion[]> {
  requirePermission(context.actor, "import:read");
  if (job.state !== "needs_details") {
    return [];
  }
  // What was entered a moment ago and refused is the best start of all.
  const earlier = [job.answers, ...(await listEarlierAnswers(db, EARLIER_IMPORTS))];
  return suggestDetails(job.undescribed, earlier);
}
