import type { NavigationName } from "#components/shell/navigation";

/** After this key, a letter of `PAGE_KEYS` opens a page. */
const GO_KEY = "g";

/** The letters are the same in every language. */
export const PAGE_KEYS = {
  h: "home",
  p: "devices",
  t: "testDevices",
  u: "pending",
  r: "rollOuts",
  i: "imports",
  o: "pools",
  c: "checks",
  l: "logs",
  a: "audit",
  s: "settings",
} as const satisfies Record<string, NavigationName>;

/** The other keys, with the name of what they do. */
export const ACTION_KEYS = {
  "?": "help",
  "/": "search",
  j: "nextRow",
  k: "previousRow",
} as const;
export type ShortcutAction = (typeof ACTION_KEYS)[keyof typeof ACTION_KEYS];

export type KeyPress = {
  /** `KeyboardEvent.key`: the character that was typed, on any layout of the keyboard. */
  readonly key: string;
  readonly hasModifier: boolean;
  /** The focus is where characters are typed or choose an option. */
  readonly isTyping: boolean;
  /** A dialog or menu is open. */
  readonly isCovered: boolean;
  /** The key before was that of `GO_KEY`. */
  readonly isAfterGo: boolean;
};

export type Shortcut =
  | { readonly kind: "none" }
  /** Wait for the letter of a page. */
  | { readonly kind: "go" }
  | { readonly kind: "page"; readonly name: NavigationName }
  | { readonly kind: "action"; readonly action: ShortcutAction };

const NONE: Shortcut = { kind: "none" };

/** What a key does that is not part of typing. */
export function decideShortcut(press: KeyPress): Shortcut {
  if (press.hasModifier || press.isTyping || press.isCovered) {
    return NONE;
  }
  if (press.isAfterGo) {
    const name = ownValue(PAGE_KEYS, press.key);
    return name === undefined ? NONE : { kind: "page", name };
  }
  if (press.key === GO_KEY) {
    return { kind: "go" };
  }
  const action = ownValue(ACTION_KEYS, press.key);
  return action === undefined ? NONE : { kind: "action", action };
}

function ownValue<Value>(values: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
