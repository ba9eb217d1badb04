import "server-only";

import type { ContentFinding, ContentProblem } from "#firmware/files/model";
import { removeWrittenFindings } from "#firmware/files/server/content-findings";
import { contentProblemNotice } from "#firmware/files/content-notice";
import { describeFiles, storeFinding } from "#firmware/files/server/store";
import { addToNotice } from "#foundation/notices/server/record-notice";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";

type ContentChange = { readonly sha256: string; readonly problem: ContentProblem | null };

/**
 * Records findings about content. If a problem changes, every process reloads its rules, so that an update is not offered
 * while its content has a problem, and is offered again afterwards.
 */
export async function writeFindings(
  findings: readonly (readonly [sha256: string, finding: ContentFinding])[],
): Promise<void> {
  const changed = await inTransaction(async (tx) => {
    const changes: ContentChange[] = [];
    for (const [sha256, finding] of findings) {
      if (await storeFinding(tx, sha256, finding)) {
        changes.push({ sha256, problem: finding.problem });
      }
    }
    if (changes.length > 0) {
      await notify(tx, RULES_CHANNEL);
      await tellProblems(tx, changes);
    }
    return changes;
  });
  removeWrittenFindings(findings);
  for (const { sha256, problem } of changed) {
    if (problem === null) {
      log().info({ sha256 }, "the content of a firmware file is valid again");
    } else {
      log().error(
        { sha256, problem },
        "the content of a firmware file cannot be served: import its package again",
      );
    }
  }
}

/** The loss of a disk is found file by file, with pauses. */
const SETTLE_MS = 60_000;

/** Records one notice for all problems that are found shortly after each other. */
async function tellProblems(tx: Db, changes: readonly ContentChange[]): Promise<void> {
  const faults = changes.filter(({ problem }) => problem !== null);
  const named = await describeFiles(
    tx,
    faults.map(({ sha256 }) => sha256),
  );
  const content = contentProblemNotice(faults, named);
  if (content !== null) {
    await addToNotice(tx, { ...content, key: content.kind, at: new Date() }, SETTLE_MS);
  }
}
