import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { recorderState, startRecorder } from "#phones/check-log/server/recorder";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Variables } from "#foundation/platform/testing/environment";
import { testEnvironment } from "#foundation/platform/testing/environment";

export type CheckServiceOptions = {
  readonly env?: Variables | (() => Variables);
  /** Whether each test starts with empty tables and a recorder of its own (the default), or the whole file does. */
  readonly lifetime?: "test" | "file";
};

export type CheckService = {
  /** Writes the checks that the recorder holds; false if the database cannot be reached and they are kept. */
  readonly flush: () => Promise<boolean>;
};

/**
 * Runs what answering and recording checks needs: the environment, empty tables and the recorder. The rule table starts
 * with `reloadRules` and stops here. Hooks of the file that calls this run inside: after the start, before the stop.
 */
export function checkService({
  env = {},
  lifetime = "test",
}: CheckServiceOptions = {}): CheckService {
  const [before, after] = lifetime === "test" ? [beforeEach, afterEach] : [beforeAll, afterAll];
  testEnvironment(env);
  before(async () => {
    await emptyTables();
    startRecorder();
  });
  after(async () => {
    await recorderState().running?.stop();
    await ruleTableState().running?.then((running) => running.stop());
  });
  return { flush: async () => (await recorderState().running?.flush()) ?? true };
}
