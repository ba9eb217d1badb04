import "server-only";
import { SETTINGS_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import { listen } from "#foundation/platform/db/listen";
import { every } from "#foundation/platform/every";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { findSettings } from "#foundation/settings/server/setting-store";

/** The safety net: a notification may get lost, and a load may fail. */
const RELOAD_EVERY_MS = 30_000;

export type RunningSettings = {
  readonly reload: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type SettingsState = {
  values: ReadonlyMap<string, unknown>;
  /** What was loaded last, as text: a value that is the same stays the same object. */
  stamps: ReadonlyMap<string, string>;
  running: Promise<RunningSettings> | null;
};

/**
 * Loads what administrators set and keeps it in step with the database until stopped, in every process. There is one per
 * process; to ask again is to share it.
 */
export function startSettings(): Promise<RunningSettings> {
  const state = settingsState();
  state.running ??= start(state).catch((error: unknown) => {
    state.running = null;
    throw error;
  });
  return state.running;
}

/**
 * A setting as it stands, from memory. `toValue` gets what is stored, or undefined where nothing is; it runs once for
 * each change, and where it throws the value before stays.
 */
export function liveSetting<T>(name: string, toValue: (stored: unknown) => T): () => T {
  let known: { readonly stored: unknown; readonly value: T } | null = null;
  return () => {
    const stored = settingsState().values.get(name);
    if (known === null || known.stored !== stored) {
      known = { stored, value: toValue(stored) };
    }
    return known.value;
  };
}

async function start(state: SettingsState): Promise<RunningSettings> {
  await load(state);
  const reload = (): Promise<void> => loadOrKeep(state);
  const subscription = listen(SETTINGS_CHANNEL, {
    onNotify: () => void reload(),
    onConnect: () => void reload(),
  });
  const repetition = every(RELOAD_EVERY_MS, "reload the settings", reload);
  return {
    reload,
    stop: async () => {
      await repetition.stop();
      await subscription.stop();
      state.running = null;
      state.values = new Map();
      state.stamps = new Map();
    },
  };
}

async function load(state: SettingsState): Promise<void> {
  const settings = await findSettings(db);
  const stamps = new Map(settings.map(({ name, value }) => [name, JSON.stringify(value)]));
  state.values = new Map(
    settings.map(({ name, value }) => [
      name,
      stamps.get(name) === state.stamps.get(name) ? state.values.get(name) : value,
    ]),
  );
  state.stamps = stamps;
}

async function loadOrKeep(state: SettingsState): Promise<void> {
  try {
    await load(state);
  } catch (error) {
    log().warn({ err: error }, "Settings could not be loaded; those at hand stay");
  }
}

function settingsState(): SettingsState {
  return oncePerProcess("live settings", () => ({
    values: new Map(),
    stamps: new Map(),
    running: null,
  }));
}
