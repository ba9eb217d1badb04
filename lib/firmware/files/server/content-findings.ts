import "server-only";

import type { ContentFinding } from "#firmware/files/model";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Findings about content that are not in the database yet, the latest for each digest. */
function waitingFindings(): Map<string, ContentFinding> {
  return oncePerProcess("content findings", () => new Map<string, ContentFinding>());
}

/** Hands a finding over to the content keeper of this process. Never fails and never waits. */
export function noteFinding(sha256: string, finding: ContentFinding): void {
  waitingFindings().set(sha256, finding);
}

/** The findings to write. They stay until `writeFindings` has stored them, so that none is lost while the database is away. */
export function listWaitingFindings(): readonly (readonly [string, ContentFinding])[] {
  return [...waitingFindings()];
}

/** Forgets what was written, unless there is a later finding by now. */
export function forgetWritten(written: readonly (readonly [string, ContentFinding])[]): void {
  for (const [sha256, finding] of written) {
    if (waitingFindings().get(sha256) === finding) {
      waitingFindings().delete(sha256);
    }
  }
}
