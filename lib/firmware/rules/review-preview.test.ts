import { expect, test } from "vitest";
import type { RuleVersions } from "#firmware/rules/review";
import { reviewPreview, totalsOf } from "#firmware/rules/review-preview";

const REJECTION = {
  version: "2.0",
  kind: "rejected",
  poolFqdn: "pool02.contoso.com",
  rejectedBy: "anna",
  reason: "",
  rejectedAt: new Date("2026-11-02T10:00:00Z"),
} as const;

function versions(approvedVersion: string | null): RuleVersions {
  return { approvedVersion, pendingVersion: null, restoreVersion: null };
}

function aChange(before: string | null, after: string | null) {
  return {
    ruleId: "r",
    identity: "service:WebServer:pool01.contoso.com/r",
    poolFqdn: "pool01.contoso.com",
    hardware: { deviceType: "", brand: "", model: "", revision: "", locale: "" },
    updateType: "CPE",
    before: versions(before),
    after: after === "removed" ? null : versions(after),
    isDowngrade: before === "2.0" && after === "1.0",
    inSpiteOf: null,
    eventId: null,
    impact: { changing: 3, downgrading: after === "1.0" ? 2 : 0 },
  };
}

test("sums up phones and downgrades", () => {
  const totals = totalsOf({ changed: [aChange("2.0", "1.0"), aChange("2.0", "3.0")] });
  expect(totals).toEqual({
    changing: 6,
    downgrading: 2,
    downgradedRules: 1,
    withdrawnRules: 0,
    rejectedRules: 0,
  });
});

test("counts the rules whose version was rejected", () => {
  const changed = [aChange("1.0", "2.0"), { ...aChange("1.0", "3.0"), inSpiteOf: REJECTION }];
  expect(totalsOf({ changed }).rejectedRules).toBe(1);
});

test("counts a rule as withdrawn only if it loses its approved version", () => {
  const changed = [aChange("2.0", null), aChange(null, null), aChange("2.0", "removed")];
  expect(totalsOf({ changed }).withdrawnRules).toBe(1);
});

test("parses the response of the server", () => {
  const change = { ...aChange("1.0", "2.0"), inSpiteOf: REJECTION };
  const preview = { changed: [change], skipped: [], failed: [] };
  expect(reviewPreview.parse(JSON.parse(JSON.stringify(preview)))).toEqual(preview);
});
