import "server-only";
import { SETTINGS_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import { liveTable } from "#foundation/platform/live-table";
import { findSettings } from "#foundation/settings/server/setting-store";

/** A stored value, parsed and as text. An unchanged setting keeps its object across reloads. */
type StoredSetting = { readonly value: unknown; readonly text: string };

const settings = liveTable({
  name: "settings",
  channel: SETTINGS_CHANNEL,
  load: async (former: ReadonlyMap<string, StoredSetting> | null) =>
    new Map(
      (await findSettings(db)).map(({ name, value }) => {
        const text = JSON.stringify(value);
        const known = former?.get(name);
        return [name, known?.text === text ? known : { value, text }];
      }),
    ),
  reloadEveryMs: 30_000,
});

export const startSettings = settings.start;

/**
 * Returns a function that reads a setting from memory. `toValue` gets the stored value, or undefined if there is none, and
 * runs once per change.
 */
export function liveSetting<T>(name: string, toValue: (stored: unknown) => T): () => T {
  let known: { readonly setting: StoredSetting | undefined; readonly value: T } | null = null;
  return () => {
    const setting = settings.state().table?.get(name);
    if (known === null || known.setting !== setting) {
      known = { setting, value: toValue(setting?.value) };
    }
    return known.value;
  };
}
