import { expect, test } from "vitest";
import { RULE_FACETS, facetOf, recordOfFacets } from "#firmware/rules/facets";

const rule = {
  hardware: {
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
  },
  updateType: "CPE",
  poolFqdn: "pool01.contoso.com",
};

test("returns the value of each facet of a rule", () => {
  expect(RULE_FACETS.map((facet) => facetOf(rule, facet))).toEqual([
    "UCPhone",
    "POLYCOM",
    "CX600",
    "A",
    "ENU",
    "CPE",
    "pool01.contoso.com",
  ]);
});

test("creates an object with a value for each facet", () => {
  expect(Object.keys(recordOfFacets((facet) => facet.length))).toEqual([...RULE_FACETS]);
});
