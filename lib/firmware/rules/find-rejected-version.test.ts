import { expect, test } from "vitest";
import { findRejectedVersion } from "#firmware/rules/find-rejected-version";
import type { ReleaseRef, RuleReleases } from "#firmware/rules/model";

const V0: ReleaseRef = { releaseId: "r0", version: "1.0.0.0" };
const V1: ReleaseRef = { releaseId: "r1", version: "1.0.0.1" };

function releases(approved: ReleaseRef | null, pending: ReleaseRef | null = null): RuleReleases {
  return { approved, pending, restore: null };
}

test.each([
  [
    "a reset rejects the pending version",
    { verb: "reset", undoneVerb: null, before: releases(V0, V1), after: releases(V0) },
    "1.0.0.1",
  ],
  [
    "a roll-back rejects what it leaves",
    { verb: "restored", undoneVerb: null, before: releases(V1), after: releases(V0) },
    "1.0.0.1",
  ],
  [
    "a withdrawal rejects what it leaves",
    { verb: "restored", undoneVerb: null, before: releases(V1), after: releases(null) },
    "1.0.0.1",
  ],
  [
    "a switch to a newer version rejects nothing",
    { verb: "restored", undoneVerb: null, before: releases(V0), after: releases(V1) },
    null,
  ],
  [
    "an undone approval rejects its version",
    { verb: "undone", undoneVerb: "approved", before: releases(V1), after: releases(V0, V1) },
    "1.0.0.1",
  ],
  [
    "an undone rejection rejects nothing",
    { verb: "undone", undoneVerb: "reset", before: releases(V0), after: releases(V0, V1) },
    null,
  ],
  [
    "an undone roll-back rejects nothing",
    { verb: "undone", undoneVerb: "restored", before: releases(V0), after: releases(V1) },
    null,
  ],
  [
    "an approval rejects nothing",
    { verb: "approved", undoneVerb: null, before: releases(V0, V1), after: releases(V1) },
    null,
  ],
  [
    "an import rejects nothing",
    { verb: "imported", undoneVerb: null, before: releases(V0, V0), after: releases(V0, V1) },
    null,
  ],
  [
    "a removal rejects nothing",
    { verb: "removed", undoneVerb: null, before: releases(V0, V1), after: null },
    null,
  ],
] as const)("%s", (_, change, expected) => {
  expect(findRejectedVersion(change)).toBe(expected);
});
