import { ignoreMember } from "#formats/cab/description/ignore-member";
import type { IgnoredMember, PackageMember, RefusedPackage } from "#formats/cab/description/model";
import { toNameCode } from "#formats/cab/description/model";
import { refusePackage } from "#formats/cab/description/refuse-package";
import type { NameProblem } from "#formats/cab/member-name";
import { nameProblemText } from "#formats/cab/member-name";

type UnsoundMember = PackageMember & { readonly nameProblem: NameProblem };

/** Whether its name keeps an update from using it. */
export function isUnsound(member: PackageMember): member is UnsoundMember {
  return member.nameProblem !== undefined && member.nameProblem !== null;
}

/** Whether its name points at a place outside the package, which no ordinary tool writes for firmware. */
export function isHostileName({ nameProblem }: PackageMember): boolean {
  return nameProblem === "outside" || nameProblem === "absolute";
}

/** Whether it can be the image of an update. */
export function isUsableImage(member: PackageMember): boolean {
  return !isUnsound(member) && member.sizeBytes > 0;
}

/** The refusal of a package one of whose updates uses the file; null where the file can be used. */
export function refuseUnusable(
  member: PackageMember,
  use: "image" | "signature",
): RefusedPackage | null {
  if (isUnsound(member)) {
    const { path, nameProblem } = member;
    return refusePackage("unsound_name", {
      path,
      problem: `an update uses this file, but ${nameProblemText(nameProblem)} Rename it in the package.`,
    });
  }
  return use === "signature" || member.sizeBytes > 0
    ? null
    : refusePackage("empty_file", {
        path: member.path,
        problem: "the firmware file is empty. Get the package again.",
      });
}

/** Why a file that no update uses cannot be used; null where it could. */
export function ignoreUnusable(member: PackageMember): IgnoredMember | null {
  if (isUnsound(member)) {
    return ignoreMember(member.path, toNameCode(member.nameProblem));
  }
  return member.sizeBytes === 0 ? ignoreMember(member.path, "empty") : null;
}
