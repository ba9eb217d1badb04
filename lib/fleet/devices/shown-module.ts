import type { InstalledModule } from "#formats/protocol/check-request";

/** The module whose version stands for the phone in lists. */
export type ShownModule = {
  /** Lower case. */
  readonly updateType: string;
  readonly version: string;
};

/**
 * The first module that a rule is about, so that a boot loader which comes first in a phone's list does not stand for its
 * firmware; without such a rule the first that says a version. Null where no module does.
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
