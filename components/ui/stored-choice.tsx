"use client";

import { useSyncExternalStore } from "react";

/** A setting of this browser with few values, which all open tabs follow. */
export type StoredChoice<Value extends string> = {
  readonly usual: Value;
  readonly read: () => Value;
  readonly write: (value: Value) => void;
  readonly subscribe: (onChange: () => void) => () => void;
};

/** Defines a setting. The first value is the default, also where the browser refuses storage. */
export function storedChoice<Value extends string>(
  key: string,
  values: readonly [Value, ...Value[]],
): StoredChoice<Value> {
  const [usual] = values;
  const changed = `${key}:changed`;
  return {
    usual,
    read: () => {
      try {
        const stored = window.localStorage.getItem(key);
        return values.find((value) => value === stored) ?? usual;
      } catch {
        return usual;
      }
    },
    write: (value) => {
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // The choice stays as it was, and what shows it too.
      }
      window.dispatchEvent(new Event(changed));
    },
    subscribe: (onChange) => {
      window.addEventListener("storage", onChange);
      window.addEventListener(changed, onChange);
      return () => {
        window.removeEventListener("storage", onChange);
        window.removeEventListener(changed, onChange);
      };
    },
  };
}

/** The value of a setting. Until the browser has taken over the page, it is the default, as on the server. */
export function useStoredChoice<Value extends string>({
  usual,
  read,
  subscribe,
}: StoredChoice<Value>): Value {
  return useSyncExternalStore(subscribe, read, () => usual);
}
