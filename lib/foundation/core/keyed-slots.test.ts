import { expect, test } from "vitest";
import { keyedSlots } from "#foundation/core/keyed-slots";

test("leaves slots for other keys when one key has reached its limit", () => {
  const slots = keyedSlots({ max: 3, maxPerKey: 2 });
  slots.take("a");
  slots.take("a");

  expect(slots.take("a")).toBeNull();
  expect(slots.take("b")).not.toBeNull();
  expect(slots.take("c")).toBeNull();
  expect(slots.taken()).toBe(3);
});

test("releases a slot once, also if release is called twice", () => {
  const slots = keyedSlots({ max: 2, maxPerKey: 1 });
  const release = slots.take("a");
  slots.take("b");

  release?.();
  release?.();

  expect(slots.taken()).toBe(1);
  expect(slots.take("a")).not.toBeNull();
  expect(slots.take("c")).toBeNull();
});
