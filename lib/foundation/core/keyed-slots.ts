export type KeyedSlotsLimits = {
  readonly max: number;
  /** Less than `max`, so that one key leaves slots for the others. */
  readonly maxPerKey: number;
};

/** Slots of which one key, such as an address, can take only a part. Stores only keys that hold a slot. */
export type KeyedSlots = {
  /** Acquires a slot and returns the function that releases it; null if the key or the total has reached its limit. */
  readonly take: (key: string | symbol) => (() => void) | null;
  readonly taken: () => number;
};

export function keyedSlots({ max, maxPerKey }: KeyedSlotsLimits): KeyedSlots {
  const takenByKey = new Map<string | symbol, number>();
  let taken = 0;

  const release = (key: string | symbol): void => {
    taken -= 1;
    const left = (takenByKey.get(key) ?? 1) - 1;
    if (left === 0) {
      takenByKey.delete(key);
    } else {
      takenByKey.set(key, left);
    }
  };

  return {
    take: (key) => {
      const ofKey = takenByKey.get(key) ?? 0;
      if (taken >= max || ofKey >= maxPerKey) {
        return null;
      }
      taken += 1;
      takenByKey.set(key, ofKey + 1);
      let isReleased = false;
      return () => {
        if (!isReleased) {
          isReleased = true;
          release(key);
        }
      };
    },
    taken: () => taken,
  };
}
