import "server-only";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Set by the listener of this process on every upload; it replaces what the client sent under that name. */
export const UPLOAD_HEADER = "x-ucupdates-upload";

/** Functions that extend the time of an upload, by the id in its header, while its sender is unknown. */
export function pendingUploads(): Map<string, () => void> {
  return oncePerProcess("uploads of unknown senders", () => new Map<string, () => void>());
}

/**
 * Extends the time limit of an upload. Its route calls this once the sender is known. Has no effect without the
 * listener of this process.
 */
export function admitUpload(headers: Headers): void {
  pendingUploads().get(headers.get(UPLOAD_HEADER) ?? "")?.();
}
