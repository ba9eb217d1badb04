import { expect, test } from "vitest";
import { parseDescribeFile } from "#programs/cli/describe-file";

const LINE = {
  path: "images/CPE.nbt",
  deviceType: "UCPhone",
  brand: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
  version: "4.0.7577.4387",
  updateType: "CPE",
};

test("reads a list of details", () => {
  expect(parseDescribeFile("d.json", JSON.stringify([LINE]))).toEqual({
    details: [LINE],
    leftOut: [],
  });
});

test("reads details together with the files that are left out", () => {
  const text = JSON.stringify({ details: [LINE], leftOut: ["readme.bin"] });

  expect(parseDescribeFile("d.json", text)).toEqual({ details: [LINE], leftOut: ["readme.bin"] });
});

test.each([
  ["d.json is not JSON.", "{"],
  ["d.json, 0.brand: ", JSON.stringify([{ ...LINE, brand: "" }])],
  ["d.json, details.0.brand: ", JSON.stringify({ details: [{ ...LINE, brand: 7 }] })],
])("says where the mistake is: %s", (message, text) => {
  expect(() => parseDescribeFile("d.json", text)).toThrow(message);
});
