import { expect, test } from "vitest";
import type { RuleVersions } from "#firmware/rules/review";
import { reviewPreview, totalsOf } from "#firmware/rules/review-preview";

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
    eventId: null,
    impact: { changing: 3, downgrading: after === "1.0" ? 2 : 0 },
  };
}

test("sums up phones and downgrades", () => {
  const totals = totalsOf({ changed: [aChange("2.0", "1.0"), aChange("2.0", "3.0")] });
  expect(totals).toEqual({ changing: 6, downgrading: 2, downgradedRules: 1, withdrawnRules: 0 });
});

test("counts a rule as withdrawn only if it loses its approved version", () => {
  const changed = [aChange("2.0", null), aChange(null, null), aChange("2.0", "removed")];
  expect(totalsOf({ changed }).withdrawnRules).toBe(1);
});

test("parses the response of the server", () => {
  const preview = { changed: [aChange("1.0", "2.0")], skipped: [], failed: [] };
  expect(reviewPreview.parse(JSON.parse(JSON.stringify(preview)))).toEqual(preview);
});
