import { expect, test } from "vitest";
import { isStillSelection } from "#phones/phone-jobs/model";

test.each([
  [0, 5, true],
  [0, 6, false],
  [3, 0, true],
  [1000, 1050, true],
  [1000, 949, false],
  [100_000, 95_000, true],
  [100_000, 106_000, false],
])("of %i confirmed phones, %i matching ones are still the selection: %s", (seen, count, is) => {
  expect(isStillSelection(seen, count)).toBe(is);
});
