import fc from "fast-check";
import { expect, test } from "vitest";
import type { FilePath } from "#phones/check/file-path";
import { parseFilePath, toFileKey, toFilePath } from "#phones/check/file-path";

const cpe: FilePath = {
  hardware: {
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
  },
  version: "4.0.7577.4387",
  updateType: "CPE",
  fileName: "CPE.nbt",
};

test("builds the path in the layout that phones expect", () => {
  expect(toFilePath(cpe)).toBe("UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt");
});

test("parses a path back to the same key, in any case and with any characters in names", () => {
  const name = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((text) => !/[/\\\p{Cc}]/u.test(text) && text !== "." && text !== "..")
    .filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(name, name, (model, fileName) => {
      const path = { ...cpe, hardware: { ...cpe.hardware, model }, fileName };
      expect(parseFilePath(toFilePath(path))).toBe(toFileKey(path));
    }),
  );
  expect(parseFilePath(toFilePath(cpe).toUpperCase())).toBe(toFileKey(cpe));
});

test.each([
  "",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt/",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/../CPE.nbt",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/../CPE.nbt",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/%2e%2e/CPE.nbt",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/..%2fCPE.nbt",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/..%5cCPE.nbt",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt%00",
  "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/%E0%A4%A",
])("%j names no file", (path) => {
  expect(parseFilePath(path)).toBeNull();
});
