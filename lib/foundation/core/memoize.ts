/**
 * Memoizes a pure function by object identity (WeakMap). For immutable objects only. A result is garbage-collected with
 * its object.
 */
export function memoizeByObject<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let entry = made.get(key);
    if (entry === undefined) {
      entry = { value: make(key) };
      made.set(key, entry);
    }
    return entry.value;
  };
}

/** Results for longer texts are not cached, so that untrusted input cannot fill the memory with keys. */
const MAX_KEY_CHARACTERS = 300;
const MAX_ENTRIES = 4_096;

/** Memoizes a pure function of a short text. The cache is bounded: it is cleared when it is full. */
export function memoizeText<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) {
      return found;
    }
    const value = compute(text);
    if (text.length <= MAX_KEY_CHARACTERS) {
      if (known.size >= MAX_ENTRIES) {
        known.clear();
      }
      known.set(text, value);
    }
    return value;
  };
}
