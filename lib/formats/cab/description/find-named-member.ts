import {
  fileNameOf,
  groupByPath,
  isInFolder,
  pathKey,
} from "#formats/cab/description/member-paths";
import type { MembersByPath } from "#formats/cab/description/member-paths";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type { KnownDetails, PackageMember } from "#formats/cab/description/model";

/** Members by path and by name; built once, because a manifest may name thousands of files. */
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
  /** The folder of the description that names the file. */
  readonly folder: string;
  /** Known fields of the update, to choose between files of the same name in several folders. */
  readonly known: KnownDetails;
};

/**
 * Finds the members that a file name in a description can mean: the member at that path; otherwise those of that
 * name that are nearest to the description, and of these the ones whose folders name most of the update's
 * fields. More than one result means that the description is ambiguous.
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

/** The members in or below the folder; all members if there are none. */
export function nearest(
  members: readonly PackageMember[],
  folder: string,
): readonly PackageMember[] {
  const below = members.filter((member) => isInFolder(member.path, folder));
  return below.length > 0 ? below : members;
}

/** The members whose folders name most of the known fields. */
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
