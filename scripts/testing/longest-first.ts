import { relative } from "node:path";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/**
 * The test files that take longest, about the longest first; a file that starts servers is followed by files that mostly
 * wait. Without the times of files, which a fresh clone does not have, Vitest starts the largest file first, and a long
 * one that starts last runs alone at the end. `npm test` prints the slowest files.
 */
const FILES_TO_START_FIRST: readonly string[] = [
  "scripts/server.integration.test.ts",
  "lib/phones/device-api/damaged-content.integration.test.ts",
  "lib/phones/inventory/server/progress.integration.test.ts",
  "scripts/processes.integration.test.ts",
  "lib/foundation/platform/db/embedded.integration.test.ts",
  "lib/firmware/imports/server/crash.integration.test.ts",
  "scripts/hosts.integration.test.ts",
  "lib/programs/readiness/readiness.integration.test.ts",
  "lib/firmware/files/server/content-cache.integration.test.ts",
  "scripts/server-tls.integration.test.ts",
  "lib/phones/device-api/acceptance.integration.test.ts",
  "lib/phones/device-api/progress.integration.test.ts",
  "scripts/server-limits.integration.test.ts",
  "lib/phones/device-api/other-version.integration.test.ts",
  "lib/foundation/platform/tls/renewal.integration.test.ts",
  "scripts/faults.integration.test.ts",
  "lib/access/notifications/server/notifications.integration.test.ts",
  "lib/phones/roll-outs/server/roll-outs.integration.test.ts",
  "scripts/clock.integration.test.ts",
  "lib/phones/device-api/logs.integration.test.ts",
  "lib/phones/device-api/hosted-app.integration.test.ts",
  "scripts/standby.integration.test.ts",
  "lib/programs/cli/imports.integration.test.ts",
  "lib/programs/backup/server/backup.integration.test.ts",
  "scripts/request-heads.integration.test.ts",
  "scripts/restored-server.integration.test.ts",
  "scripts/demo/demo.integration.test.ts",
];

/** Starts the longest test files first, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ moduleId, project }: TestSpecification): number {
  const rank = FILES_TO_START_FIRST.indexOf(
    relative(project.config.root, moduleId).replaceAll("\\", "/"),
  );
  return rank === -1 ? FILES_TO_START_FIRST.length : rank;
}
