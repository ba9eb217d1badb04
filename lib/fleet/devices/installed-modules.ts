import type { InstalledModule } from "#formats/protocol/check-request";

type ModuleVersion = Pick<InstalledModule, "updateType" | "version">;

/**
 * The version of each kind of image that a phone runs, by lower-case update type.
 *
 * A phone with two partitions may report one type twice. The protocol does not mark the active partition, so the first
 * module of a type that has a version counts everywhere: phones list the partition that they started from before the
 * backup. A module without a version is ignored. PostgreSQL has the same rule (`installed_versions`).
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

/** The version of one kind of image; null if the phone does not report it. */
export function installedVersion(
  installed: readonly ModuleVersion[],
  updateType: string,
): string | null {
  return installedVersions(installed).get(updateType.toLowerCase()) ?? null;
}

/** The module whose version lists show for the phone. */
export type ShownModule = {
  /** Lower case. */
  readonly updateType: string;
  readonly version: string;
};

/**
 * The first module that a rule covers, so that lists show the firmware and not a boot loader that the phone reports
 * first; without such a rule, the first module with a version. Null if no module has a version.
 */
export function shownModule(
  installed: readonly InstalledModule[],
  rules: readonly { readonly updateType: string }[],
): ShownModule | null {
  const ruled = new Set(rules.map(({ updateType }) => updateType.toLowerCase()));
  const said = installed.filter(({ version }) => version !== "");
  const shown = said.find(({ updateType }) => ruled.has(updateType.toLowerCase())) ?? said[0];
  return shown === undefined
    ? null
    : { updateType: shown.updateType.toLowerCase(), version: shown.version };
}
