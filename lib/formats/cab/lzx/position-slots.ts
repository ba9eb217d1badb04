/** Number of position slots for windows of 15 to 21 bits; each slot has eight symbols in the main tree. */
const SLOT_COUNTS = new Map([
  [15, 30],
  [16, 32],
  [17, 34],
  [18, 36],
  [19, 38],
  [20, 42],
  [21, 50],
]);

const MAX_SLOTS = 50;
const MAX_EXTRA_BITS = 17;

export function slotCount(windowBits: number): number {
  const count = SLOT_COUNTS.get(windowBits);
  if (count === undefined) {
    throw new RangeError(`There is no LZX window of ${windowBits} bits.`);
  }
  return count;
}

/** Number of position bits that follow the slot of a match. */
export const EXTRA_BITS = Int32Array.from({ length: MAX_SLOTS }, (_, slot) =>
  Math.min(MAX_EXTRA_BITS, Math.max(0, (slot >> 1) - 1)),
);

/** The first position of each slot; a distance is the position minus 2. */
export const POSITION_BASE = new Int32Array(MAX_SLOTS);
for (let slot = 1; slot < MAX_SLOTS; slot += 1) {
  POSITION_BASE[slot] = (POSITION_BASE[slot - 1] ?? 0) + (1 << (EXTRA_BITS[slot - 1] ?? 0));
}
