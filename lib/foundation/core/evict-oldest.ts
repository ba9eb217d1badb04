/**
 * Limits a map to `max` entries: removes the oldest entry if there are more, and returns it. A map keeps the order in
 * which its keys were added, so a caller that deletes a key before it sets it evicts the least recently used entry.
 */
export function evictOldest<K, V>(map: Map<K, V>, max: number): readonly [K, V] | null {
  const [oldest] = map;
  if (map.size <= max || oldest === undefined) {
    return null;
  }
  map.delete(oldest[0]);
  return oldest;
}
