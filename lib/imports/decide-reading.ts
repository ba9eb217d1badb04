import { ignoreMember } from "#lib/cab/description/ignore-member";
import { describePackage } from "#lib/cab/description/read-description";
import type {
  DescribedUpdate,
  IgnoredMember,
  PackageMember,
  RefusedPackage,
} from "#lib/cab/description/model";
import { pathKey } from "#lib/cab/description/member-paths";
import type { DetailsQuestion, FailedImport, ImportAnswers } from "#lib/imports/model";

/** What a package is for, as far as its description and the administrator's answers tell. */
export type Reading =
  | {
      readonly kind: "described";
      /** At least one. */
      readonly updates: readonly DescribedUpdate[];
      readonly ignored: readonly IgnoredMember[];
    }
  | ({ readonly kind: "needs_details" } & DetailsQuestion)
  | ({ readonly kind: "failed" } & FailedImport);

/** Pure: the same members and answers always read the same, so a job that died can be run again. */
export function decideReading(members: readonly PackageMember[], answers: ImportAnswers): Reading {
  const description = describePackage(members, answers.details);
  if (description.kind === "refused") {
    return afterRefusal(members, answers, description);
  }

  const leftOut = new Set(answers.leftOut.map(pathKey));
  const undescribed = description.undescribed.filter(({ path }) => !leftOut.has(pathKey(path)));
  if (undescribed.length > 0) {
    return { kind: "needs_details", undescribed, problem: null, failure: null };
  }
  if (description.updates.length === 0) {
    return {
      kind: "failed",
      error: "Every firmware file of the package was left out.",
      failure: { code: "everything_left_out", subject: "", values: {} },
    };
  }
  const omitted = description.undescribed.map(({ path }) => ignoreMember(path, "left_out"));
  return {
    kind: "described",
    updates: description.updates,
    ignored: [...description.ignored, ...omitted],
  };
}

/** A slip in the form must not cost the upload: it is asked again, with what is wrong. */
function afterRefusal(
  members: readonly PackageMember[],
  { details }: ImportAnswers,
  { message, reason, path, values }: RefusedPackage,
): Reading {
  const failure = { code: reason, subject: path ?? "", values };
  const unanswered = details.length === 0 ? null : describePackage(members);
  return unanswered?.kind === "described" && unanswered.undescribed.length > 0
    ? { kind: "needs_details", undescribed: unanswered.undescribed, problem: message, failure }
    : { kind: "failed", error: message, failure };
}
