/**
 * Makes of an object what is made of it, once: asked again for the same object, the first result is returned. For pure
 * functions of values that never change; a result goes with the object it was made of.
 */
export function onceForEach<K extends object, V>(make: (key: K) => V): (key: K) => V {
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
