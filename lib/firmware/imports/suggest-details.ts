import type { GivenDetails } from "#formats/cab/description/given-details";
import type {
  DescribedField,
  UndescribedMember,
  UndescribedReason,
} from "#formats/cab/description/model";
import { isSideFile } from "#formats/cab/description/member-paths";
import type { ImportAnswers } from "#firmware/imports/model";

/** A prefilled line of the form. Unknown fields are empty. */
export type SuggestedDetails = GivenDetails;

/** The prefilled form for one image. */
export type MemberSuggestion = {
  readonly path: string;
  readonly why: UndescribedReason;
  /** Whether the image was left out the last time, or its name is not that of firmware. */
  readonly isLeftOut: boolean;
  /** At least one line; several if the last image of this shape was for several kinds of phone. */
  readonly lines: readonly SuggestedDetails[];
};

/**
 * Prefills the form with details from the package, or else with answers for an image of the same shape in an earlier
 * package, latest first. Versions are never suggested from earlier packages, because they differ.
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

/** Returns a line for each phone if the package names several phones for an image. */
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

/** A path with its digits replaced, because digits change from release to release. */
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
  // Order: details from the package, earlier answers, guesses from the file name.
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
