import type { GivenDetails } from "#lib/cab/description/given-details";
import type { DescribedField, UndescribedMember } from "#lib/cab/description/model";
import type { ImportAnswers } from "#lib/imports/model";

/** One line of the form to start from; an empty field is one that nobody could know. */
export type SuggestedDetails = GivenDetails;

/** What the form begins with for one image. */
export type MemberSuggestion = {
  readonly path: string;
  /** Left out the last time. */
  readonly isLeftOut: boolean;
  /** At least one line; several where the image went to several kinds of phone the last time. */
  readonly lines: readonly SuggestedDetails[];
};

/**
 * Prefills the form: what the package says itself, else what was entered for an image of the same shape
 * in an earlier package, latest first. A version is never remembered: it is what differs.
 */
export function suggestDetails(
  members: readonly UndescribedMember[],
  earlier: readonly ImportAnswers[],
): MemberSuggestion[] {
  return members.map((member) => {
    const remembered = earlier.find((answers) => linesFor(member.path, answers).length > 0);
    const lines = remembered === undefined ? [] : linesFor(member.path, remembered);
    return {
      path: member.path,
      isLeftOut: lines.length === 0 && isLeftOut(member.path, earlier),
      lines: (lines.length === 0 ? [null] : lines).map((line) => toSuggestion(member, line)),
    };
  });
}

/** A path without what changes from release to release: its digits. */
function toShape(path: string): string {
  return path.toLowerCase().replace(/\d+/g, "#");
}

function linesFor(path: string, answers: ImportAnswers): readonly GivenDetails[] {
  return answers.details.filter((details) => toShape(details.path) === toShape(path));
}

function isLeftOut(path: string, earlier: readonly ImportAnswers[]): boolean {
  return earlier.some(({ leftOut }) => leftOut.some((other) => toShape(other) === toShape(path)));
}

function toSuggestion(
  { path, known }: UndescribedMember,
  line: GivenDetails | null,
): SuggestedDetails {
  const pick = (field: DescribedField) => known[field] ?? line?.[field] ?? "";
  return {
    path,
    deviceType: pick("deviceType"),
    brand: pick("brand"),
    model: pick("model"),
    revision: pick("revision"),
    locale: pick("locale"),
    version: known.version ?? "",
    // Where the package does not name it, this is only a guess from the name of the file.
    updateType: line?.updateType ?? known.updateType ?? "",
  };
}
