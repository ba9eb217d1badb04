import { ROLE_BY_EXTENSION, SIDE_EXTENSIONS } from "#formats/cab/description/aliases";
import type { DescribedFileRole, PackageMember } from "#formats/cab/description/model";

/** Normalizes a path as a case-insensitive file system compares it. */
export function pathKey(path: string): string {
  return path.replaceAll("\\", "/").normalize("NFC").toLowerCase();
}

/** The folder without a trailing slash; empty for the root of the package. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function baseNameOf(path: string): string {
  const fileName = fileNameOf(path);
  const dot = fileName.lastIndexOf(".");
  return dot <= 0 ? fileName : fileName.slice(0, dot);
}

/** The extension in lower case without the dot; empty if there is none. */
export function extensionOf(path: string): string {
  const fileName = fileNameOf(path);
  const dot = fileName.lastIndexOf(".");
  return dot <= 0 ? "" : fileName.slice(dot + 1).toLowerCase();
}

/** Role of a file by its extension; null for other files, such as readme files. */
export function roleOf(path: string): DescribedFileRole | null {
  return ROLE_BY_EXTENSION.get(extensionOf(path)) ?? null;
}

/** Whether the file cannot be firmware, such as a readme file or a catalog. */
export function isSideFile(path: string): boolean {
  return SIDE_EXTENSIONS.has(extensionOf(path));
}

export function isInFolder(path: string, folder: string): boolean {
  return folder === "" || pathKey(path).startsWith(`${pathKey(folder)}/`);
}

export type MembersByPath = ReadonlyMap<string, readonly PackageMember[]>;

export function groupByPath(members: readonly PackageMember[]): MembersByPath {
  return Map.groupBy(members, ({ path }) => pathKey(path));
}

/** The file with the image's folder and base name, but the given extension. */
export function findCompanion(
  image: PackageMember,
  extension: string,
  members: MembersByPath,
): PackageMember | null {
  const stem = [folderOf(image.path), baseNameOf(image.path)].filter(Boolean).join("/");
  return members.get(pathKey(`${stem}.${extension}`))?.[0] ?? null;
}
