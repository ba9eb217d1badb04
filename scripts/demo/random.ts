/** A generator of numbers from 0 to below 1 that gives the same sequence for the same seed (Mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several items, by their shares. `number` is from 0 to below 1. Throws if there are none. */
export function pickByShare<Item extends { readonly share: number }>(
  items: readonly Item[],
  number: number,
): Item {
  let left = number * items.reduce((total, { share }) => total + share, 0);
  const picked = items.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  const item = picked ?? items.at(-1);
  if (item === undefined) {
    throw new Error("there is nothing to pick from");
  }
  return item;
}
