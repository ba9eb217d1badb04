import { expect, test } from "vitest";
import type { KeyPress, Shortcut } from "#components/shell/shortcuts";
import { ACTION_KEYS, PAGE_KEYS, decideShortcut } from "#components/shell/shortcuts";

function press(key: string, facts: Partial<KeyPress> = {}): Shortcut {
  return decideShortcut({
    key,
    hasModifier: false,
    isTyping: false,
    isCovered: false,
    isAfterGo: false,
    ...facts,
  });
}

test("each key of the dialog does what it says, and g waits for a page", () => {
  for (const [key, action] of Object.entries(ACTION_KEYS)) {
    expect(press(key)).toEqual({ kind: "action", action });
  }
  expect(press("g")).toEqual({ kind: "go" });
  for (const [key, name] of Object.entries(PAGE_KEYS)) {
    expect(press(key, { isAfterGo: true })).toEqual({ kind: "page", name });
  }
});

test.each([
  ["while a person types", { isTyping: true }],
  ["with Ctrl, Alt or Meta, which are keys of the browser", { hasModifier: true }],
  ["behind a dialog or menu", { isCovered: true }],
])("no key does anything %s", (_, facts) => {
  for (const key of ["?", "/", "j", "k", "g"]) {
    expect(press(key, facts)).toEqual({ kind: "none" });
    expect(press(key, { ...facts, isAfterGo: true })).toEqual({ kind: "none" });
  }
});

test.each(["x", "constructor", "Enter", "Shift", "G"])("the key %s does nothing", (key) => {
  expect(press(key)).toEqual({ kind: "none" });
  expect(press(key, { isAfterGo: true })).toEqual({ kind: "none" });
});
