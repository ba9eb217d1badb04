import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { FAILING_REASONS } from "#phones/captures/model";
import { countCaptures } from "#phones/captures/server/store";

/** Counts the captured requests that were not understood or failed. */
export async function countFailingCaptures(context: UseCaseContext): Promise<number> {
  requirePermission(context.actor, "capture:read");
  return countCaptures(db, { q: "", reason: FAILING_REASONS });
}
