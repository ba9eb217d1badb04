import fc from "fast-check";
import { expect, test } from "vitest";
import { boundedQueue } from "#phones/check/bounded-queue";

test("behaves like a list that is cut to its newest items", () => {
  const step = fc.oneof(fc.constant("push" as const), fc.nat({ max: 8 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step), (limit, steps) => {
      const queue = boundedQueue<number>(limit);
      let expected: number[] = [];
      for (const [index, action] of steps.entries()) {
        if (action === "push") {
          expect(queue.push(index)).toBe(expected.length < limit);
          expected = [...expected, index].slice(-limit);
        } else {
          expect(queue.take(action)).toEqual(expected.slice(0, action));
          expected = expected.slice(action);
        }
        expect(queue.size()).toBe(expected.length);
      }
    }),
  );
});
