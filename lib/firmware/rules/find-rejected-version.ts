import { compareVersions } from "#foundation/core/version";
import type { RuleReleases, RuleVerb } from "#firmware/rules/model";
import type { RejectionKind } from "#firmware/rules/rejection";
import type { RuleVersions } from "#firmware/rules/review";
import { toVersions } from "#firmware/rules/review";

/** The kind of rejection of a rule event with that verb; null if such an event rejects nothing. */
export const REJECTION_KIND_BY_VERB = {
  imported: null,
  approved: null,
  reset: "rejected",
  restored: "rolled_back",
  removed: null,
  undone: "approval_undone",
} as const satisfies Record<RuleVerb, RejectionKind | null>;

type Change = {
  readonly verb: RuleVerb;
  readonly before: RuleReleases | null;
  readonly after: RuleReleases | null;
  /** The verb of the undone event; null if the event undoes none. */
  readonly undoneVerb: RuleVerb | null;
};

type Versions = {
  readonly before: RuleVersions;
  readonly after: RuleVersions;
  readonly undoneVerb: RuleVerb | null;
};

const FINDERS = {
  imported: null,
  approved: null,
  removed: null,
  reset: ({ before }) => before.pendingVersion,
  restored: ({ before, after }) =>
    isRollBack(before.approvedVersion, after.approvedVersion) ? before.approvedVersion : null,
  undone: ({ before, undoneVerb }) => (undoneVerb === "approved" ? before.approvedVersion : null),
} as const satisfies Record<RuleVerb, ((versions: Versions) => string | null) | null>;

/** The version that a change of a rule rejects; null if it rejects none. A switch to a newer version rejects nothing. */
export function findRejectedVersion({ verb, before, after, undoneVerb }: Change): string | null {
  const find = FINDERS[verb];
  return find === null
    ? null
    : find({ before: versionsOf(before), after: versionsOf(after), undoneVerb });
}

function isRollBack(from: string | null, to: string | null): boolean {
  return from !== to && (from === null || to === null || compareVersions(to, from) !== "newer");
}

function versionsOf(releases: RuleReleases | null): RuleVersions {
  return toVersions(releases ?? { approved: null, pending: null, restore: null });
}
