import "server-only";
import type { CaptureLosses } from "#phones/captures/model";
import { sumCaptureLosses } from "#phones/captures/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** The requests that the processes of all hosts could not capture in the last 24 hours. */
export async function findCaptureLosses(context: UseCaseContext): Promise<CaptureLosses> {
  requirePermission(context.actor, "capture:read");
  return sumCaptureLosses(db);
}
