import { expect, test } from "vitest";
import type { RuleReleases } from "#firmware/rules/model";
import { rollOutKind } from "#firmware/rules/roll-out-kind";

function releases(approved: string | null, pending: string | null = null): RuleReleases {
  const ref = (version: string | null) =>
    version === null ? null : { releaseId: version, version };
  return { approved: ref(approved), pending: ref(pending), restore: null };
}

test.each([
  { verb: "approved", before: releases("1", "2"), after: releases("2"), kind: "approval" },
  { verb: "restored", before: releases("2"), after: releases("1"), kind: "restore" },
  { verb: "restored", before: releases("2"), after: releases(null), kind: "withdrawal" },
  { verb: "removed", before: releases("2"), after: null, kind: "withdrawal" },
  { verb: "undone", before: releases("2"), after: releases("1", "2"), kind: "undo" },
  { verb: "undone", before: releases("2"), after: releases(null, "2"), kind: "undo" },
  { verb: "undone", before: null, after: releases("2"), kind: "undo" },
] as const)(
  "$verb with another approved version opens a roll-out: $kind",
  ({ kind, ...change }) => {
    expect(rollOutKind(change)).toBe(kind);
  },
);

test.each([
  ["imported", releases("1"), releases("1", "2")],
  ["reset", releases("1", "2"), releases("1")],
  ["removed", releases(null, "2"), null],
  ["undone", null, releases(null, "2")],
] as const)("%s with the same approved version opens none: %#", (verb, before, after) => {
  expect(rollOutKind({ verb, before, after })).toBeNull();
});
