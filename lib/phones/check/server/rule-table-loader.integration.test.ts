import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findCandidates } from "#phones/check/rule-table";
import {
  currentRuleTable,
  ruleTableState,
  startRuleTable,
} from "#phones/check/server/rule-table-loader";
import { inTransaction } from "#foundation/platform/db/client";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { notify } from "#foundation/platform/db/listen";
import { emptyTables } from "#foundation/platform/testing/database";
import { CX600, aPendingRule, aPool, act } from "#firmware/rules/testing/rules";

beforeEach(async () => {
  await emptyTables();
});

afterEach(async () => {
  await ruleTableState().running?.then((running) => running.stop());
});

function approvedVersion(): string | undefined {
  const pool = currentRuleTable().defaultPool;
  return pool === null ? undefined : findCandidates(pool, CX600)[0]?.approved?.version;
}

test("contains the rules of the database after the start", async () => {
  const pool = await aPool();
  const ruleId = await aPendingRule(pool, "4.0.0.1");
  await act("approve", ruleId);
  await aPendingRule(pool, "4.0.0.2");

  await startRuleTable();

  const table = currentRuleTable();
  expect(table.defaultPool?.pool.fqdn).toBe("pool01.contoso.com");
  expect(table.defaultPool && findCandidates(table.defaultPool, CX600)).toMatchObject([
    {
      id: ruleId,
      updateType: "CPE",
      approved: { version: "4.0.0.1" },
      pending: { version: "4.0.0.2" },
    },
  ]);
  expect([...table.files.keys()].filter((key) => key.endsWith(".nbt"))).toEqual([
    "ucphone/polycom/cx600/a/enu/4.0.0.1/cpe/cpe.nbt",
    "ucphone/polycom/cx600/a/enu/4.0.0.2/cpe/cpe.nbt",
  ]);
});

test("an approval takes effect in checks soon after it is committed", async () => {
  const ruleId = await aPendingRule(await aPool(), "4.0.0.1");
  await startRuleTable();
  expect(approvedVersion()).toBeUndefined();

  await act("approve", ruleId);

  await vi.waitFor(() => {
    expect(approvedVersion()).toBe("4.0.0.1");
  }, 5_000);
});

test("hundreds of notifications cause at most two loads per second", async () => {
  await aPool();
  await startRuleTable();
  const loadsBefore = ruleTableState().loads;
  const startedMs = performance.now();

  for (let index = 0; index < 300; index += 1) {
    await inTransaction((tx) => notify(tx, RULES_CHANNEL));
  }
  const loadsAfterStorm = ruleTableState().loads;
  // The last change is loaded too.
  await vi.waitFor(() => {
    expect(ruleTableState().loads).toBeGreaterThan(loadsAfterStorm);
  }, 5_000);

  const seconds = (performance.now() - startedMs) / 1000;
  expect(ruleTableState().loads - loadsBefore).toBeLessThanOrEqual(2 * seconds + 2);
});

test("all callers in a process share one table", async () => {
  await aPool();

  expect(await startRuleTable()).toBe(await startRuleTable());
});
