import { ignoreMember } from "#formats/cab/description/refusals";
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

/** The content of a package according to its descriptions and the administrator's answers. */
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

/** Pure: the same members and answers always give the same result, so a job that crashed can run again. */
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
 * Whether a file is left out. Files of unknown kind are only candidates: after the administrator has answered for one of
 * them, the others are left out implicitly.
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

/** Asks again, with the failure, after an invalid answer, so that a mistake in the form does not cost the upload. */
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
