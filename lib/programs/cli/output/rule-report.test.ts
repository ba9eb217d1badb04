import { expect, test } from "vitest";
import type { RuleReport } from "#programs/cli/output/rule-report";
import { ruleReportText } from "#programs/cli/output/rule-report";

const CHANGED = {
  identity: "service:WebServer:pool01/1",
  id: "1",
  name: "POLYCOM CX600 A ENU CPE",
  before: { approvedVersion: "2.0", pendingVersion: "1.0", restoreVersion: null },
  after: { approvedVersion: "1.0", pendingVersion: null, restoreVersion: "2.0" },
  isDowngrade: true,
  eventId: "17",
} as const;

function aReport(overrides: Partial<RuleReport> = {}): RuleReport {
  return {
    action: "approve",
    isWhatIf: false,
    changed: [],
    skipped: [],
    failed: [],
    ...overrides,
  };
}

test("prints the change of every rule, and marks a downgrade", () => {
  const report = aReport({
    changed: [CHANGED],
    skipped: [
      {
        identity: "service:WebServer:pool01/2",
        id: "2",
        name: "POLYCOM CX700 A ENU CPE",
        reason: "nothing_pending",
        message: "nothing is pending",
      },
    ],
    failed: [
      { identity: "service:WebServer:pool01/3", id: "3", code: "conflict", message: "Lost." },
    ],
  });

  expect(ruleReportText(report)).toBe(
    [
      "approved  service:WebServer:pool01/1  POLYCOM CX600 A ENU CPE: approved 2.0 → 1.0, pending 1.0 → none, restore none → 2.0 (downgrade)",
      "skipped  service:WebServer:pool01/2  POLYCOM CX700 A ENU CPE: nothing is pending",
      "failed  service:WebServer:pool01/3  Lost.",
      "1 approved, 1 skipped, 1 failed.",
      "",
    ].join("\n"),
  );
});

test("uses the conditional for --what-if", () => {
  const text = ruleReportText(
    aReport({ action: "remove", isWhatIf: true, changed: [{ ...CHANGED, after: null }] }),
  );

  expect(text).toContain("would be removed  service:WebServer:pool01/1");
  expect(text).toContain("1 would be removed, 0 skipped, 0 failed.");
});

test("says that no rule matches instead of printing nothing", () => {
  expect(ruleReportText(aReport())).toBe("No rule matches.\n");
});
