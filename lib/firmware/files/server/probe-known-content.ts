import "server-only";
import type { ContentState } from "#firmware/files/server/probe-content";
import { probeContent } from "#firmware/files/server/probe-content";
import { hasBlobs } from "#firmware/files/server/store";
import { db } from "#foundation/platform/db/client";

/** Whether the content store can be read and written. A new installation has no directory, and lacks none. */
export async function probeKnownContent(): Promise<ContentState> {
  return probeContent(await hasBlobs(db));
}
