"use client";

import { storedChoice, useStoredChoice } from "#components/ui/stored-choice";

const shortcuts = storedChoice("ucupdates.shortcuts", ["on", "off"]);

/** Whether shortcuts of one key work in this browser. Speech input can turn words into them. */
export function areShortcutsOn(): boolean {
  return shortcuts.read() === "on";
}

/** The setting, and its change, which all open tabs follow. */
export function useShortcutSetting(): readonly [boolean, (isOn: boolean) => void] {
  const value = useStoredChoice(shortcuts);
  return [value === "on", (isOn) => shortcuts.write(isOn ? "on" : "off")];
}
