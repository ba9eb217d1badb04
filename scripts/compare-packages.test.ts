import { expect, test } from "vitest";
import { comparePackages } from "./lib/compare-packages.mjs";

const WANTED = {
  "": {},
  "node_modules/next": { version: "2.0.0" },
  "node_modules/vitest": { version: "5.0.0", dev: true },
  "node_modules/other-platform": { version: "1.0.0", optional: true },
};
const SERVING = { "node_modules/next": { version: "2.0.0" } };
const EVERYTHING = { ...SERVING, "node_modules/vitest": { version: "5.0.0" } };
const OLD_TOOL = { ...SERVING, "node_modules/vitest": { version: "4.0.0" } };

test.each([
  { state: "nothing", present: null, serve: true, develop: true, hasTools: false },
  { state: "no tool", present: SERVING, serve: false, develop: true, hasTools: false },
  { state: "everything", present: EVERYTHING, serve: false, develop: false, hasTools: true },
  { state: "an old tool", present: OLD_TOOL, serve: true, develop: true, hasTools: true },
])("compares with $state installed", ({ present, serve, develop, hasTools }) => {
  expect(comparePackages(WANTED, present, { withTools: false })).toEqual({
    isStale: serve,
    hasTools,
  });
  expect(comparePackages(WANTED, present, { withTools: true })).toEqual({
    isStale: develop,
    hasTools,
  });
});
