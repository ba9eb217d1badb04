/** An object with one value for each key. */
export function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  toValue: (key: Key) => Value,
): Record<Key, Value>;
// An overload, because `Object.fromEntries` loses the types of the keys.
export function recordOf(
  keys: readonly string[],
  toValue: (key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, toValue(key)]));
}
