import type { InstalledModule } from "#formats/protocol/check-request";

type ModuleVersion = Pick<InstalledModule, "updateType" | "version">;

/**
 * The version of each kind of image that a phone runs, by lower-case update type.
 *
 * A phone with two partitions may report one type twice. The protocol has no mark for the active one, so the first module of
 * a type that says a version counts, everywhere: the order is the phone's own, and phones name what they started from
 * before the backup. A module without a version says nothing. PostgreSQL has the same rule (`installed_versions`).
 */
export function installedVersions(
  installed: readonly ModuleVersion[],
): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const { updateType, version } of installed) {
    const type = updateType.toLowerCase();
    if (version !== "" && !versions.has(type)) {
      versions.set(type, version);
    }
  }
  return versions;
}

/** The version of one kind of image; null where the phone does not say it. */
export function installedVersion(
  installed: readonly ModuleVersion[],
  updateType: string,
): string | null {
  return installedVersions(installed).get(updateType.toLowerCase()) ?? null;
}
