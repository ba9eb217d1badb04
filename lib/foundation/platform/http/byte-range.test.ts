import fc from "fast-check";
import { expect, test } from "vitest";
import { parseByteRange } from "#foundation/platform/http/byte-range";

const whole = { kind: "whole" };
const unsatisfiable = { kind: "unsatisfiable" };
const part = (start: number, end: number): object => ({ kind: "part", start, end });

test.each([
  [null, 1000, whole],
  ["bytes=0-499", 1000, part(0, 499)],
  ["bytes=500-", 1000, part(500, 999)],
  ["bytes=-300", 1000, part(700, 999)],
  ["bytes=-3000", 1000, part(0, 999)],
  ["bytes=900-5000", 1000, part(900, 999)],
  ["BYTES=0-0", 1000, part(0, 0)],
  ["bytes=1000-", 1000, unsatisfiable],
  ["bytes=-0", 1000, unsatisfiable],
  ["bytes=0-", 0, unsatisfiable],
  ["bytes=-1", 0, unsatisfiable],
  ["bytes=5-4", 1000, whole],
  ["bytes=0-1,5-6", 1000, whole],
  ["bytes=-", 1000, whole],
  ["bytes=a-b", 1000, whole],
  ["items=0-1", 1000, whole],
  ["bytes=0x1-0x2", 1000, whole],
  ["bytes=99999999999999999999-", 1000, unsatisfiable],
])("%s of %i bytes", (...[header, sizeBytes, expected]) => {
  expect(parseByteRange(header, sizeBytes)).toEqual(expected);
});

test("never returns a range outside the content", () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.tuple(fc.string(), fc.string()).map(([first, last]) => `bytes=${first}-${last}`),
    fc.tuple(fc.bigInt(), fc.bigInt()).map(([first, last]) => `bytes=${first}-${last}`),
    fc.tuple(fc.nat(), fc.nat()).map(([first, last]) => `bytes=${first}-${last}`),
  );
  fc.assert(
    fc.property(hostile, fc.nat(), (header, sizeBytes) => {
      const range = parseByteRange(header, sizeBytes);
      if (range.kind === "part") {
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(sizeBytes);
      }
    }),
  );
});
