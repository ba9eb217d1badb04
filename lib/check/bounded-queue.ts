/** A first-in first-out queue that forgets its oldest items rather than grow without bound. */
export type BoundedQueue<T> = {
  readonly size: () => number;
  /** Whether there was room; if not, the oldest item made it. */
  readonly push: (item: T) => boolean;
  /** Removes and returns the oldest items. */
  readonly take: (count: number) => readonly T[];
};

export function boundedQueue<T>(limit: number): BoundedQueue<T> {
  let items: T[] = [];
  let head = 0;

  function dropFirst(count: number): void {
    head += count;
    // Moving what remains costs as much as it frees, so each item is moved about once in its life.
    if (head >= limit || head === items.length) {
      items = items.slice(head);
      head = 0;
    }
  }

  return {
    size: () => items.length - head,
    push: (item) => {
      const hasRoom = items.length - head < limit;
      if (!hasRoom) {
        dropFirst(1);
      }
      items.push(item);
      return hasRoom;
    },
    take: (count) => {
      const taken = items.slice(head, head + count);
      dropFirst(taken.length);
      return taken;
    },
  };
}
