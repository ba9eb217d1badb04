/** A first-in first-out queue of limited size: when it is full, a new item replaces the oldest one. */
export type BoundedQueue<T> = {
  readonly size: () => number;
  /** Returns false if the queue was full and the oldest item was dropped. */
  readonly push: (item: T) => boolean;
  /** Removes and returns the oldest items. */
  readonly take: (count: number) => readonly T[];
};

export function boundedQueue<T>(limit: number): BoundedQueue<T> {
  // A ring buffer: a new item overwrites the dropped one, so dropped items can be garbage-collected.
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
