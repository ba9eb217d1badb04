import "server-only";

import type { ContentFinding } from "#firmware/files/model";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Findings that are not yet in the database, the latest for each digest. */
function waitingFindings(): Map<string, ContentFinding> {
  return oncePerProcess("content findings", () => new Map<string, ContentFinding>());
}

/** Queues a finding for the content keeper of this process. Never throws and never waits. */
export function queueFinding(sha256: string, finding: ContentFinding): void {
  waitingFindings().set(sha256, finding);
}

/** The findings to write. They stay queued until they are stored, so that none is lost during a database outage. */
export function listWaitingFindings(): readonly (readonly [string, ContentFinding])[] {
  return [...waitingFindings()];
}

/** Removes written findings from the queue, except where a newer finding has replaced them. */
export function removeWrittenFindings(
  written: readonly (readonly [string, ContentFinding])[],
): void {
  for (const [sha256, finding] of written) {
    if (waitingFindings().get(sha256) === finding) {
      waitingFindings().delete(sha256);
    }
  }
}
