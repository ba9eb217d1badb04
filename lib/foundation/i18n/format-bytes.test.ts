import { expect, test } from "vitest";
import { formatBytes } from "#foundation/i18n/format-bytes";

test.each([
  [0, "0 bytes", "0 octet"],
  [1, "1 byte", "1 octet"],
  [999, "999 bytes", "999 octets"],
  [1_234, "1.2 kB", "1,2 ko"],
  [12_345_678, "12.3 MB", "12,3 Mo"],
  [999_960, "1 MB", "1 Mo"],
  [2_147_483_648, "2.1 GB", "2,1 Go"],
])("formats %d bytes in both languages", (sizeBytes, english, french) => {
  expect(formatBytes(sizeBytes, "en")).toBe(english);
  expect(formatBytes(sizeBytes, "fr").replaceAll(/\s/gu, " ")).toBe(french);
});

test.each([
  ["de", "12,3 MB"],
  ["es", "12,3 MB"],
  ["ja", "12.3 MB"],
  ["ar", "12.3 م.ب"],
] as const)("formats a size in %s", (locale, expected) => {
  expect(formatBytes(12_345_678, locale).replaceAll(/\s/gu, " ")).toBe(expected);
});
