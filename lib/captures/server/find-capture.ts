import "server-only";
import type { Capture } from "#lib/captures/model";
import type { CaptureIdInput } from "#lib/captures/schema";
import { captureIdInput } from "#lib/captures/schema";
import { findCaptureById } from "#lib/captures/server/store";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";

/** A request that was kept, whole. */
export async function findCapture(
  context: UseCaseContext,
  input: CaptureIdInput,
): Promise<Capture | null> {
  requirePermission(context.actor, "capture:read");
  // The id comes from an address, where anything may stand.
  const { success } = captureIdInput.safeParse(input);
  return success ? findCaptureById(db, input.captureId) : null;
}
