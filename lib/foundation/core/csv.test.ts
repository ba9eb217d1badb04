import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsvRecords, toCsvRecord, withoutFormula } from "#foundation/core/csv";

test("reads back every written value unchanged", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("'", "=", ",", '"', "\r", "\n", " ", "-", "a") }),
  );
  const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(records, (rows) => {
      const text = rows.map((row) => `${toCsvRecord(row)}\r\n`).join("");
      expect(readCsvRecords(text)).toEqual(rows);
    }),
  );
});

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "  =1",
  "'=1",
  "＝1",
  "＠SUM(A1)",
])("escapes the formula %j", (text) => {
  expect(withoutFormula(text)).toBe(`'${text}`);
});

test("leaves other text unchanged", () => {
  expect(toCsvRecord(["CX600", "4.0.7577.4387", "CONTOSO\\adamb", "it's"])).toBe(
    "CX600,4.0.7577.4387,CONTOSO\\adamb,it's",
  );
});
