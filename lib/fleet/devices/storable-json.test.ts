import fc from "fast-check";
import { expect, test } from "vitest";
import { toStorableJson } from "#fleet/devices/storable-json";

test("contains neither NUL nor unpaired surrogates, for any input", () => {
  const anything = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  });
  fc.assert(
    fc.property(anything, (text) => {
      const stored: unknown = JSON.parse(toStorableJson([text]));
      expect(stored).toEqual([text.replaceAll("\0", "\uFFFD").toWellFormed()]);
    }),
  );
});

test("leaves all other text unchanged, also text that looks like an escape", () => {
  expect(JSON.parse(toStorableJson({ name: "é 𝄞 \\u0000" }))).toEqual({ name: "é 𝄞 \\u0000" });
});
