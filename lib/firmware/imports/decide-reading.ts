import { ignoreMember } from "#formats/cab/description/ignore-member";
import { describePackage } from "#formats/cab/description/read-description";
import type {
  DescribedUpdate,
  IgnoredMember,
  PackageDescription,
  PackageMember,
  RefusedPackage,
  UndescribedMember,
  Vocabulary,
} from "#formats/cab/description/model";
import { NO_VOCABULARY } from "#formats/cab/description/model";
import { pathKey } from "#formats/cab/description/member-paths";
import type {
  DetailsQuestion,
  FailedImport,
  ImportAnswers,
  UnderstoodUpdate,
} from "#firmware/imports/model";

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

type Package = {
  readonly members: readonly PackageMember[];
  readonly vocabulary: Vocabulary;
};

/** Pure: the same members and answers always read the same, so a job that died can be run again. */
export function decideReading(
  members: readonly PackageMember[],
  answers: ImportAnswers,
  vocabulary: Vocabulary = NO_VOCABULARY,
): Reading {
  const description = describePackage(members, answers.details, vocabulary);
  if (description.kind === "refused") {
    return afterRefusal({ members, vocabulary }, answers, description);
  }

  const undescribed = description.undescribed.filter((member) => !isLeftOut(member, answers));
  if (undescribed.length > 0) {
    return { ...toQuestion(description, undescribed), problem: null, failure: null };
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

/**
 * A file that may be anything was only offered to choose from: once one of them is chosen, the others are left out without
 * a word.
 */
function isLeftOut({ path, why }: UndescribedMember, { details, leftOut }: ImportAnswers): boolean {
  const isNamed = leftOut.some((other) => pathKey(other) === pathKey(path));
  return isNamed || (why === "unknown_kind" && details.length + leftOut.length > 0);
}

type Understood = Extract<PackageDescription, { readonly kind: "described" }>;

function toQuestion(
  { updates, ignored }: Understood,
  undescribed: readonly UndescribedMember[],
): Omit<Extract<Reading, { readonly kind: "needs_details" }>, "problem" | "failure"> {
  return {
    kind: "needs_details",
    undescribed,
    understood: updates.map(toUnderstood),
    ignored,
  };
}

function toUnderstood(update: DescribedUpdate): UnderstoodUpdate {
  const { hardware, updateType, version, files, describedBy } = update;
  return {
    hardware,
    updateType,
    version,
    fileNames: files.map(({ fileName }) => fileName),
    sizeBytes: files.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
    describedBy,
  };
}

/** A slip in the form must not cost the upload: it is asked again, with what is wrong. */
function afterRefusal(
  { members, vocabulary }: Package,
  { details }: ImportAnswers,
  { message, reason, path, values }: RefusedPackage,
): Reading {
  const failure = { code: reason, subject: path ?? "", values };
  const unanswered = details.length === 0 ? null : describePackage(members, [], vocabulary);
  return unanswered?.kind === "described" && unanswered.undescribed.length > 0
    ? { ...toQuestion(unanswered, unanswered.undescribed), problem: message, failure }
    : { kind: "failed", error: message, failure };
}
