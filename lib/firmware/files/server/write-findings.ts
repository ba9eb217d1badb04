import "server-only";

import type { ContentFinding } from "#firmware/files/model";
import { removeWrittenFindings } from "#firmware/files/server/content-findings";
import { storeFinding } from "#firmware/files/server/store";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";

/**
 * Records findings about content. If a problem changes, every process reloads its rules, so that an update is not offered
 * while its content has a problem, and is offered again afterwards.
 */
export async function writeFindings(
  findings: readonly (readonly [sha256: string, finding: ContentFinding])[],
): Promise<void> {
  const changed = await inTransaction(async (tx) => {
    const changes = [];
    for (const [sha256, finding] of findings) {
      if (await storeFinding(tx, sha256, finding)) {
        changes.push({ sha256, problem: finding.problem });
      }
    }
    if (changes.length > 0) {
      await notify(tx, RULES_CHANNEL);
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
