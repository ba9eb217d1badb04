import "server-only";
import type { Capture } from "#phones/captures/model";
import type { CaptureIdInput } from "#phones/captures/schema";
import { captureIdInput } from "#phones/captures/schema";
import { findCaptureById } from "#phones/captures/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** Finds a captured request with its body; null if there is none with this id. */
export async function findCapture(
  context: UseCaseContext,
  input: CaptureIdInput,
): Promise<Capture | null> {
  requirePermission(context.actor, "capture:read");
  // The id comes from a URL and may be invalid.
  const { success } = captureIdInput.safeParse(input);
  return success ? findCaptureById(db, input.captureId) : null;
}
