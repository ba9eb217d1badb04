import { expect, test } from "vitest";
import type { RuleFilter } from "#programs/cli/rule-filter";
import { isNarrowing, matchesFilter, pickNamed } from "#programs/cli/rule-filter";
import type { Rule } from "#firmware/rules/model";

const EVERYTHING: RuleFilter = {
  filter: [],
  deviceType: [],
  brand: [],
  model: [],
  revision: [],
  locale: [],
  updateType: [],
  pool: [],
  pending: false,
  approved: false,
  unapproved: false,
};

function aRule(wishes: Partial<Rule> = {}): Rule {
  return {
    id: "2de8cbf6-9441-4f61-b755-1e4bef1effde",
    poolId: "019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607",
    poolFqdn: "pool01.contoso.com",
    hardware: {
      deviceType: "UCPhone",
      brand: "POLYCOM",
      model: "CX600",
      revision: "A",
      locale: "ENU",
    },
    updateType: "CPE",
    approved: null,
    pending: { releaseId: "1", version: "1.0.0.0" },
    restore: null,
    generation: 1,
    importedAt: new Date("2026-11-22T10:00:00Z"),
    importedBy: "anna",
    ...wishes,
  };
}

test.each<Partial<RuleFilter>>([
  {},
  { filter: ["service:webserver:POOL01*"] },
  { filter: ["*/2de8cbf6-*"] },
  { brand: ["LG-Nortel", "polycom"] },
  { brand: ["poly*"], model: ["cx?00"], revision: ["a"], locale: ["enu"] },
  { deviceType: ["ucphone"], updateType: ["cpe"] },
  { pool: ["Pool01.contoso.com"] },
  { pool: ["service:WebServer:pool01.contoso.com"] },
  { pool: ["*.contoso.com"] },
  { pending: true },
  { unapproved: true, pending: true },
])("lets the rule through %j", (filter) => {
  expect(matchesFilter(aRule(), { ...EVERYTHING, ...filter })).toBe(true);
});

test.each<Partial<RuleFilter>>([
  { filter: ["service:WebServer:pool01"] },
  { brand: ["LG-Nortel"] },
  { brand: ["POLYCOM"], model: ["CX700"] },
  { revision: ["B"] },
  { locale: ["FRA"] },
  { deviceType: ["RoundTable"] },
  { updateType: ["BOOT"] },
  { pool: ["pool02.contoso.com"] },
  { approved: true },
])("holds the rule back with %j", (filter) => {
  expect(matchesFilter(aRule(), { ...EVERYTHING, ...filter })).toBe(false);
});

test.each<Partial<RuleFilter>>([
  { pending: true },
  { approved: true },
  { unapproved: true },
  { filter: ["*"] },
  { pool: ["x"] },
  { updateType: ["x"] },
  { locale: ["x"] },
])("knows that %j says which rules are meant", (filter) => {
  expect(isNarrowing({ ...EVERYTHING, ...filter })).toBe(true);
});

test("an empty filter does not narrow the selection", () => {
  expect(isNarrowing(EVERYTHING)).toBe(false);
});

test("picks each named rule once and returns the names without a rule", () => {
  const rule = aRule();
  const named = (poolFqdn: string | null) => ({ identity: "x", ruleId: rule.id, poolFqdn });
  const otherPool = named("pool02.contoso.com");

  const picked = pickNamed([rule], [named(rule.poolFqdn), named(null), otherPool]);

  expect(picked).toEqual({ found: [rule], missing: [otherPool] });
});
