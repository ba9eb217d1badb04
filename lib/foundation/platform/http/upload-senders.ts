import "server-only";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Set by our own listener on every upload, over what the client sent under that name. */
export const UPLOAD_HEADER = "x-ucupdates-upload";

/** What gives an upload more time, by the id in its header, while its sender is not known yet. */
export function unknownSenders(): Map<string, () => void> {
  return oncePerProcess("uploads of unknown senders", () => new Map<string, () => void>());
}

/** Gives an upload the time it needs. Called by its route once the sender is known; without our listener it does nothing. */
export function admitUpload(headers: Headers): void {
  unknownSenders().get(headers.get(UPLOAD_HEADER) ?? "")?.();
}
