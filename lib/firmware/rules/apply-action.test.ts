import fc from "fast-check";
import { expect, test } from "vitest";
import { applyAction, applyImport } from "#firmware/rules/apply-action";
import type { ReleaseRef, RuleReleases } from "#firmware/rules/model";

const V0: ReleaseRef = { releaseId: "r0", version: "1.0.0.0" };
const V1: ReleaseRef = { releaseId: "r1", version: "1.0.0.1" };
const V2: ReleaseRef = { releaseId: "r2", version: "1.0.0.2" };
const CONSENT = { target: null, mayWithdraw: true };

function releases(
  approved: ReleaseRef | null,
  pending: ReleaseRef | null,
  restore: ReleaseRef | null,
): RuleReleases {
  return { approved, pending, restore };
}

test.each([
  ["approve", releases(null, V1, null), releases(V1, null, null)],
  ["approve", releases(V0, V1, null), releases(V1, null, V0)],
  ["approve", releases(V1, V2, V0), releases(V2, null, V1)],
  ["reset", releases(V0, V1, null), releases(V0, null, null)],
  ["reset", releases(V1, V2, V0), releases(V1, null, V0)],
  ["restore", releases(V1, null, V0), releases(V0, null, null)],
  ["restore", releases(V1, V2, V0), releases(V0, V2, null)],
] as const)("%s moves the versions as admin-model.md section 12 says", (action, before, after) => {
  expect(applyAction(before, action)).toEqual({ outcome: "changed", after });
});

test.each([
  ["approve", releases(V1, null, V0), "nothing_pending"],
  ["reset", releases(V1, null, V0), "nothing_pending"],
  ["restore", releases(null, V1, null), "nothing_approved"],
  ["restore", releases(null, null, null), "nothing_approved"],
] as const)("%s has nothing to do and says why", (action, before, reason) => {
  expect(applyAction(before, action)).toEqual({ outcome: "skipped", reason });
});

test("asks for consent before a restore withdraws the update", () => {
  expect(applyAction(releases(V1, null, null), "restore")).toEqual({ outcome: "needs_consent" });
  expect(applyAction(releases(V1, null, null), "restore", CONSENT)).toEqual({
    outcome: "changed",
    after: releases(null, null, null),
  });
});

test("restores any version and keeps the present one as the way forward", () => {
  const transition = applyAction(releases(V2, null, V1), "restore", {
    target: V0,
    mayWithdraw: false,
  });
  expect(transition).toEqual({ outcome: "changed", after: releases(V0, null, V2) });
});

test("restoring the pending version takes it off the pending ones", () => {
  const transition = applyAction(releases(V1, V2, null), "restore", {
    target: V2,
    mayWithdraw: false,
  });
  expect(transition).toEqual({ outcome: "changed", after: releases(V2, null, V1) });
});

test("has nothing to do when the chosen version is approved already", () => {
  const transition = applyAction(releases(V1, null, V0), "restore", {
    target: V1,
    mayWithdraw: false,
  });
  expect(transition).toEqual({ outcome: "skipped", reason: "already_that_version" });
});

test("remove is always possible", () => {
  expect(applyAction(releases(null, null, null), "remove")).toEqual({ outcome: "removed" });
});

test.each([
  ["approved", releases(V1, null, V0)],
  ["pending", releases(V0, V1, null)],
] as const)("importing a version that is %s already changes nothing", (because, before) => {
  expect(applyImport(before, V1)).toEqual({ outcome: "unchanged", because });
});

test("importing another version over a pending one replaces it and says which", () => {
  expect(applyImport(releases(V0, V1, null), V2)).toEqual({
    outcome: "pending",
    after: releases(V0, V2, null),
    replaced: V1,
  });
});

const ref = fc.constantFrom(null, V0, V1, V2);
const anyReleases = fc.record({ approved: ref, pending: ref, restore: ref });

test("no action invents a version: what a rule holds afterwards it held before", () => {
  fc.assert(
    fc.property(
      anyReleases,
      fc.constantFrom("approve" as const, "reset" as const, "restore" as const),
      (before, action) => {
        const transition = applyAction(before, action, CONSENT);
        const held = [before.approved, before.pending, before.restore, null];
        const after = transition.outcome === "changed" ? Object.values(transition.after) : [];
        expect(after.every((release) => held.includes(release))).toBe(true);
      },
    ),
  );
});

test("only approve and restore touch what every phone gets", () => {
  fc.assert(
    fc.property(anyReleases, aRelease(), (before, release) => {
      const reset = applyAction(before, "reset");
      const imported = applyImport(before, release);
      const approvedAfter = [reset, imported].map((transition) =>
        "after" in transition ? transition.after.approved : before.approved,
      );
      expect(approvedAfter).toEqual([before.approved, before.approved]);
    }),
  );
});

test("approving then restoring gives everybody the version from before", () => {
  fc.assert(
    fc.property(aRelease(), aRelease(), (approved, pending) => {
      const approval = applyAction(releases(approved, pending, null), "approve");
      const afterApproval = approval.outcome === "changed" ? approval.after : null;
      const restored = afterApproval && applyAction(afterApproval, "restore");
      expect(restored).toEqual({ outcome: "changed", after: releases(approved, null, null) });
    }),
  );
});

function aRelease(): fc.Arbitrary<ReleaseRef> {
  return fc.constantFrom(V0, V1, V2);
}
