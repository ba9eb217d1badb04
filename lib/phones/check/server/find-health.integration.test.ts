import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { checkService } from "#phones/check/testing/check-service";
import { findHealth } from "#phones/check/server/find-health";
import { findReadiness } from "#phones/check/server/find-readiness";
import { renderMetrics } from "#phones/check/server/metrics";
import { recordCheck } from "#phones/check-log/server/recorder";
import { ruleTableState, startRuleTable } from "#phones/check/server/rule-table-loader";
import { aRecord } from "#phones/check-log/testing/records";
import { DAY_MS } from "#foundation/core/time";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";

let line: TcpLine;

beforeAll(async () => {
  line = await openDatabaseLine();
});

checkService();

afterEach(() => {
  line.mend();
});

afterAll(() => {
  line.close();
});

test("is ready only after the rules are loaded", async () => {
  await expect(findHealth()).rejects.toMatchObject({ code: "unavailable" });

  await startRuleTable();

  expect(await findHealth()).toMatchObject({ status: "ready" });
});

test("is not ready while the database is unavailable", async () => {
  await startRuleTable();
  line.cut();

  await expect(findHealth()).rejects.toMatchObject({ code: "unavailable" });
});

test("is not ready if the rules were last confirmed minutes ago", async () => {
  await startRuleTable();

  ruleTableState().confirmedMs = performance.now() - 10 * 60_000;

  await expect(findHealth()).rejects.toMatchObject({ code: "unavailable" });
});

test("stays ready when the clock jumps a day ahead", async () => {
  await startRuleTable();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + DAY_MS });
  try {
    expect(await findHealth()).toMatchObject({ status: "ready" });
    const { parts } = await findReadiness(new Date());
    expect(parts).toContainEqual({ name: "rules", level: "ok", word: "ok" });
  } finally {
    vi.useRealTimers();
  }
});

test("metrics count checks by outcome and loads of the rules", async () => {
  await startRuleTable();
  recordCheck(aRecord({ outcome: "no_rule" }));

  const { text, contentType } = await renderMetrics();

  expect(contentType).toContain("text/plain");
  expect(text).toContain('ucupdates_checks_total{outcome="no_rule"} 1');
  expect(text).toContain('ucupdates_checks_total{outcome="offered"} 0');
  expect(text).toMatch(/ucupdates_rule_table_loads_total [1-9]/);
  expect(text).toMatch(/ucupdates_rule_table_confirmed_timestamp_seconds \d{10}/);
});

test("metrics have no age of the rules before they are loaded", async () => {
  const { text } = await renderMetrics();

  expect(text).toContain("# TYPE ucupdates_rule_table_confirmed_timestamp_seconds gauge");
  expect(text).not.toMatch(/^ucupdates_rule_table_confirmed_timestamp_seconds/m);
});
