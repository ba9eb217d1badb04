import { expect, test } from "vitest";
import { cabChecksum } from "#formats/cab/checksum";

test.each([
  [[], 0],
  [[1, 2, 3, 4], 0x04030201],
  [[1, 2, 3, 4, 1, 2, 3, 4], 0],
  [[0, 0, 0, 0, 0xff], 0xff],
  [[0, 0, 0, 0, 1, 2], 0x0102],
  [[0, 0, 0, 0, 1, 2, 3], 0x010203],
  [[0xff, 0xff, 0xff, 0xff], 0xffff_ffff],
])("folds %j to %d", (bytes, expected) => {
  expect(cabChecksum(Uint8Array.from(bytes))).toBe(expected);
});

test("does not depend on the alignment of the bytes in memory", () => {
  const bytes = Uint8Array.from({ length: 103 }, (_, index) => (index * 37) & 255);
  const shifted = new Uint8Array(104).subarray(1);
  shifted.set(bytes);

  expect(cabChecksum(shifted, 7)).toBe(cabChecksum(bytes, 7));
  expect(cabChecksum(Buffer.from(bytes), 7)).toBe(cabChecksum(bytes, 7));
});
