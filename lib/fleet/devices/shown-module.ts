import type { InstalledModule } from "#formats/protocol/check-request";

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
