import { ignoreMember, refusePackage } from "#formats/cab/description/refusals";
import type { IgnoredMember, PackageMember, RefusedPackage } from "#formats/cab/description/model";
import { toNameCode } from "#formats/cab/description/model";
import type { NameProblem } from "#formats/cab/member-name";
import { nameProblemText } from "#formats/cab/member-name";

type MisnamedMember = PackageMember & { readonly nameProblem: NameProblem };

/** Whether updates cannot use the file because of its name. */
export function hasNameProblem(member: PackageMember): member is MisnamedMember {
  return member.nameProblem !== undefined && member.nameProblem !== null;
}

/** Whether the name points outside the package; ordinary tools do not write such names. */
export function isHostileName({ nameProblem }: PackageMember): boolean {
  return nameProblem === "outside" || nameProblem === "absolute";
}

/** Whether the file can be the image of an update. */
export function isUsableImage(member: PackageMember): boolean {
  return !hasNameProblem(member) && member.sizeBytes > 0;
}

/** Refuses the package when one of its updates uses an unusable file; null when the file is usable. */
export function refuseUnusable(
  member: PackageMember,
  use: "image" | "signature",
): RefusedPackage | null {
  if (hasNameProblem(member)) {
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

/** Why a file that no update uses is unusable; null when it is usable. */
export function ignoreUnusable(member: PackageMember): IgnoredMember | null {
  if (hasNameProblem(member)) {
    return ignoreMember(member.path, toNameCode(member.nameProblem));
  }
  return member.sizeBytes === 0 ? ignoreMember(member.path, "empty") : null;
}
