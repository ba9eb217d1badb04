import {
  fileNameOf,
  groupByPath,
  isInFolder,
  pathKey,
} from "#formats/cab/description/member-paths";
import type { MembersByPath } from "#formats/cab/description/member-paths";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type { KnownDetails, PackageMember } from "#formats/cab/description/model";

/** The members by what descriptions call them; built once, because a manifest may name thousands of files. */
export type MemberIndex = {
  readonly members: readonly PackageMember[];
  readonly byPath: MembersByPath;
  readonly byFileName: ReadonlyMap<string, readonly PackageMember[]>;
};

export function indexMembers(members: readonly PackageMember[]): MemberIndex {
  return {
    members,
    byPath: groupByPath(members),
    byFileName: Map.groupBy(members, ({ path }) => pathKey(fileNameOf(path))),
  };
}

export type MemberSearch = {
  readonly index: MemberIndex;
  /** Where the description that names the file lies. */
  readonly folder: string;
  /** What the description says of the update, to tell files of one name in several folders apart. */
  readonly known: KnownDetails;
};

/**
 * The members a description may mean by a file name: the one at that path; else those of that name, as
 * near to the description as there are any, and of these the ones whose folders name more of the
 * update's fields than all others. More than one means that the description does not tell which.
 */
export function findNamedMembers(name: string, search: MemberSearch): readonly PackageMember[] {
  const atPath = pathKey(
    [search.folder, name.replace(/^(?:\.?[\\/])+/, "")].filter(Boolean).join("/"),
  );
  const exact = search.index.byPath.get(atPath);
  if (exact !== undefined) {
    return exact;
  }
  const fileName = pathKey(fileNameOf(name.replaceAll("\\", "/")));
  const sameName = search.index.byFileName.get(fileName) ?? [];
  return bestByFolders(nearest(sameName, search.folder), search.known);
}

/** Those in or below the folder; all of them where there are none. */
export function nearest(
  members: readonly PackageMember[],
  folder: string,
): readonly PackageMember[] {
  const below = members.filter((member) => isInFolder(member.path, folder));
  return below.length > 0 ? below : members;
}

/** The members whose folders name most of what is known. */
export function bestByFolders(
  members: readonly PackageMember[],
  known: KnownDetails,
): readonly PackageMember[] {
  const best = Math.max(...members.map((member) => countNamedFields(member.path, known)));
  return members.filter((member) => countNamedFields(member.path, known) === best);
}

function countNamedFields(path: string, known: KnownDetails): number {
  const folders = new Set(pathKey(path).split("/").slice(0, -1));
  return DESCRIBED_FIELDS.filter((field) => {
    const value = known[field];
    return value !== null && folders.has(pathKey(value));
  }).length;
}
