import fc from "fast-check";
import { expect, test } from "vitest";
import { applyAction, applyImport } from "#firmware/rules/apply-action";
import type { ReleaseRef, RuleReleases } from "#firmware/rules/model";
import type { Rejection } from "#firmware/rules/rejection";

const V0: ReleaseRef = { releaseId: "r0", version: "1.0.0.0" };
const V1: ReleaseRef = { releaseId: "r1", version: "1.0.0.1" };
const V2: ReleaseRef = { releaseId: "r2", version: "1.0.0.2" };
const CONSENT = { target: null, mayWithdraw: true, evenIfRejected: false };
const REJECTION: Rejection = {
  version: "1.0.0.1",
  kind: "rolled_back",
  poolFqdn: "pool01.contoso.com",
  rejectedBy: "anna",
  reason: "display flickers",
  rejectedAt: new Date("2026-11-02T10:00:00Z"),
};
const REJECTED: ReleaseRef = { ...V1, rejection: REJECTION };

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
] as const)(
  "moves the versions on %s as specified in admin-model.md section 12",
  (action, before, after) => {
    expect(applyAction(before, action)).toEqual({ outcome: "changed", after });
  },
);

test.each([
  ["approve", releases(V1, null, V0), "nothing_pending"],
  ["reset", releases(V1, null, V0), "nothing_pending"],
  ["restore", releases(null, V1, null), "nothing_approved"],
  ["restore", releases(null, null, null), "nothing_approved"],
] as const)("skips %s and returns the reason", (action, before, reason) => {
  expect(applyAction(before, action)).toEqual({ outcome: "skipped", reason });
});

test("requires consent before a restore withdraws the update", () => {
  expect(applyAction(releases(V1, null, null), "restore")).toEqual({ outcome: "needs_consent" });
  expect(applyAction(releases(V1, null, null), "restore", CONSENT)).toEqual({
    outcome: "changed",
    after: releases(null, null, null),
  });
});

test("restores any version and keeps the current one as the restore version", () => {
  const transition = applyAction(releases(V2, null, V1), "restore", {
    ...CONSENT,
    target: V0,
  });
  expect(transition).toEqual({ outcome: "changed", after: releases(V0, null, V2) });
});

test("clears the pending version when it is restored", () => {
  const transition = applyAction(releases(V1, V2, null), "restore", {
    ...CONSENT,
    target: V2,
  });
  expect(transition).toEqual({ outcome: "changed", after: releases(V2, null, V1) });
});

test("skips a restore to the approved version", () => {
  const transition = applyAction(releases(V1, null, V0), "restore", {
    ...CONSENT,
    target: V1,
  });
  expect(transition).toEqual({ outcome: "skipped", reason: "already_that_version" });
});

test.each([
  ["approve", releases(V0, REJECTED, null), null],
  ["restore", releases(V2, null, REJECTED), null],
  ["restore", releases(V2, null, V0), REJECTED],
] as const)("approves a rejected version on %s only if told to", (action, before, target) => {
  expect(applyAction(before, action, { ...CONSENT, target })).toEqual({
    outcome: "rejected_version",
    rejection: REJECTION,
  });
  expect(applyAction(before, action, { ...CONSENT, target, evenIfRejected: true })).toMatchObject({
    outcome: "changed",
    after: { approved: REJECTED },
    inSpiteOf: REJECTION,
  });
});

test("does not ask about the rejection of a version that is approved already or leaves", () => {
  expect(applyAction(releases(REJECTED, V2, null), "reset")).not.toHaveProperty("rejection");
  expect(applyAction(releases(V0, REJECTED, null), "reset").outcome).toBe("changed");
  expect(applyAction(releases(REJECTED, V2, null), "approve").outcome).toBe("changed");
  expect(applyAction(releases(REJECTED, null, V0), "restore").outcome).toBe("changed");
});

test("always allows remove", () => {
  expect(applyAction(releases(null, null, null), "remove")).toEqual({ outcome: "removed" });
});

test.each([
  ["approved", releases(V1, null, V0)],
  ["pending", releases(V0, V1, null)],
] as const)("changes nothing for an import of a version that is already %s", (because, before) => {
  expect(applyImport(before, V1)).toEqual({ outcome: "unchanged", because });
});

test("replaces a pending version on import and returns it", () => {
  expect(applyImport(releases(V0, V1, null), V2)).toEqual({
    outcome: "pending",
    after: releases(V0, V2, null),
    replaced: V1,
  });
});

const ref = fc.constantFrom(null, V0, V1, V2);
const anyReleases = fc.record({ approved: ref, pending: ref, restore: ref });

test("holds only versions after an action that the rule held before", () => {
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

test("changes the approved version only on approve and restore", () => {
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

test("restores the previous approved version after an approval", () => {
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
