/** A first-in first-out queue that forgets its oldest items rather than grow without bound. */
export type BoundedQueue<T> = {
  readonly size: () => number;
  /** Whether there was room; if not, the oldest item made it. */
  readonly push: (item: T) => boolean;
  /** Removes and returns the oldest items. */
  readonly take: (count: number) => readonly T[];
};

export function boundedQueue<T>(limit: number): BoundedQueue<T> {
  // A ring: what is dropped is overwritten, so nothing is kept alive longer than it waits.
  const slots: T[] = [];
  let first = 0;
  let size = 0;

  return {
    size: () => size,
    push: (item) => {
      const hasRoom = size < limit;
      slots[(first + size) % limit] = item;
      if (hasRoom) {
        size += 1;
      } else {
        first = (first + 1) % limit;
      }
      return hasRoom;
    },
    take: (count) => {
      const taken = Math.min(count, size);
      const end = first + taken;
      const items = [...slots.slice(first, end), ...slots.slice(0, Math.max(0, end - limit))];
      first = end % limit;
      size -= taken;
      if (size === 0) {
        slots.length = 0;
        first = 0;
      }
      return items;
    },
  };
}
