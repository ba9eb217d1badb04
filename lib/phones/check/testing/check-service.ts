import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { recorderState, startRecorder } from "#phones/check-log/server/recorder";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Variables } from "#foundation/platform/testing/environment";
import { testEnvironment } from "#foundation/platform/testing/environment";

export type CheckServiceOptions = {
  readonly env?: Variables | (() => Variables);
  /** Whether each test (the default) or the whole file gets empty tables and its own recorder. */
  readonly lifetime?: "test" | "file";
};

export type CheckService = {
  /** Writes the buffered checks; false if the database cannot be reached and the checks stay buffered. */
  readonly flush: () => Promise<boolean>;
};

/**
 * Sets up answering and recording of checks: the environment, empty tables and the recorder. `reloadRules` starts the
 * rule table; it is stopped here. Hooks of the calling file run after this set-up and before this tear-down.
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
