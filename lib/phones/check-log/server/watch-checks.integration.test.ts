import { afterEach, expect, test, vi } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { findLastCheckId } from "#phones/check-log/server/store";
import { watchChecks } from "#phones/check-log/server/watch-checks";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import type { RepeatedTask } from "#foundation/platform/repeat-task";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

vi.mock("#phones/check-log/server/store", { spy: true });

const EVERY_MS = 20;

testEnvironment({});

let watch: RepeatedTask | null = null;

afterEach(async () => {
  await watch?.stop();
});

async function severalLooks(): Promise<void> {
  const { settledResults } = vi.mocked(findLastCheckId).mock;
  const before = settledResults.length;
  await eventually(() => {
    expect(settledResults.length).toBeGreaterThan(before + 3);
  });
}

test("tells of new checks, once for those of one interval, and not of those before", async () => {
  await emptyTables();
  const tell = vi.fn();
  watch = watchChecks(EVERY_MS, tell);
  await severalLooks();
  expect(tell).not.toHaveBeenCalled();

  await storeChecks([aRecord({ serialNumber: "S1" }), aRecord({ serialNumber: "S2" })]);
  await eventually(() => {
    expect(tell).toHaveBeenCalledTimes(1);
  });
  await severalLooks();
  expect(tell).toHaveBeenCalledTimes(1);

  await storeChecks([aRecord({ serialNumber: "S1" })]);
  await eventually(() => {
    expect(tell).toHaveBeenCalledTimes(2);
  });
});
