import type { GivenDetails } from "#formats/cab/description/given-details";
import type {
  DescribedField,
  UndescribedMember,
  UndescribedReason,
} from "#formats/cab/description/model";
import { isSideFile } from "#formats/cab/description/member-paths";
import type { ImportAnswers } from "#firmware/imports/model";

/** One line of the form to start from; an empty field is one that nobody could know. */
export type SuggestedDetails = GivenDetails;

/** What the form begins with for one image. */
export type MemberSuggestion = {
  readonly path: string;
  readonly why: UndescribedReason;
  /** Left out the last time, or no firmware by its name. */
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
  const byPath = Map.groupBy(members, ({ path }) => path);
  return [...byPath.values()].flatMap((sameImage) => {
    const [first] = sameImage;
    return first === undefined ? [] : [suggestFor(first, sameImage, earlier)];
  });
}

/** An image that the package names for several phones has a line for each of them. */
function suggestFor(
  { path, why }: UndescribedMember,
  sameImage: readonly UndescribedMember[],
  earlier: readonly ImportAnswers[],
): MemberSuggestion {
  const remembered = earlier.find((answers) => linesFor(path, answers).length > 0);
  const lines = remembered === undefined ? [] : linesFor(path, remembered);
  const isSide = why === "unknown_kind" && isSideFile(path);
  return {
    path,
    why,
    isLeftOut: lines.length === 0 && (isSide || isLeftOut(path, earlier)),
    lines: sameImage.flatMap((member) =>
      (sameImage.length > 1 || lines.length === 0 ? [lines[0] ?? null] : lines).map((line) =>
        toSuggestion(member, line),
      ),
    ),
  };
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
  { path, known, guessed }: UndescribedMember,
  line: GivenDetails | null,
): SuggestedDetails {
  // What the package states comes first, what an administrator said before second, a guess from a name last.
  const pick = (field: DescribedField) => known[field] ?? line?.[field] ?? guessed[field] ?? "";
  return {
    path,
    deviceType: pick("deviceType"),
    brand: pick("brand"),
    model: pick("model"),
    revision: pick("revision"),
    locale: pick("locale"),
    version: known.version ?? guessed.version ?? "",
    updateType: pick("updateType"),
  };
}
