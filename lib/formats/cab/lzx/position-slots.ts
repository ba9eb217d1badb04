/** Position slots of windows of 15 to 21 bits; each has eight symbols in the main tree. */
const SLOT_COUNTS = new Map([
  [15, 30],
  [16, 32],
  [17, 34],
  [18, 36],
  [19, 38],
  [20, 42],
  [21, 50],
]);

const MOST_SLOTS = 50;
const MOST_EXTRA_BITS = 17;

export function slotCount(windowBits: number): number {
  const count = SLOT_COUNTS.get(windowBits);
  if (count === undefined) {
    throw new RangeError(`There is no LZX window of ${windowBits} bits.`);
  }
  return count;
}

/** How many bits of a match's position follow its slot. */
export const EXTRA_BITS = Int32Array.from({ length: MOST_SLOTS }, (_, slot) =>
  Math.min(MOST_EXTRA_BITS, Math.max(0, (slot >> 1) - 1)),
);

/** The first position of each slot; a distance is the position less 2. */
export const POSITION_BASE = new Int32Array(MOST_SLOTS);
for (let slot = 1; slot < MOST_SLOTS; slot += 1) {
  POSITION_BASE[slot] = (POSITION_BASE[slot - 1] ?? 0) + (1 << (EXTRA_BITS[slot - 1] ?? 0));
}
