import { expect, test } from "vitest";
import { readCsvRecords } from "#foundation/core/csv";
import type { ExportColumn } from "#phones/exports/model";
import { toExportText } from "#phones/exports/to-export-text";

type Row = { readonly name: string; readonly at: Date | null };

const COLUMNS: readonly ExportColumn<Row>[] = [
  { key: "name", title: "Device name", of: ({ name }) => name },
  { key: "at", of: ({ at }) => at },
  { key: "isKnown", of: () => true },
  { key: "tags", of: () => ["a", "b"] },
  { key: "facts", of: () => ({ site: "Paris", phones: 2, pools: ["x"] }) },
];
const ROWS: readonly Row[] = [
  { name: '=cmd|"/c calc"!A1', at: new Date("2026-11-28T08:00:00Z") },
  { name: "plain, with comma", at: null },
];

/** A cell with the facts, as a spreadsheet reads it. */
const FACTS = '"{""site"":""Paris"",""phones"":2,""pools"":[""x""]}"';

function written(format: "csv" | "json", rows: readonly Row[] = ROWS): string {
  const { begin, row, end } = toExportText(COLUMNS, format);
  return `${begin}${rows.map(row).join("")}${end}`;
}

test("writes CSV in which no cell is a formula", () => {
  expect(written("csv")).toBe(
    "Device name,at,isKnown,tags,facts\r\n" +
      `"'=cmd|""/c calc""!A1",2026-11-28T08:00:00.000Z,true,a b,${FACTS}\r\n` +
      `"plain, with comma",,true,a b,${FACTS}\r\n`,
  );
  expect(readCsvRecords(written("csv"))[1]?.[0]).toBe(ROWS[0]?.name);
});

test("writes JSON that parses, also without rows", () => {
  expect(JSON.parse(written("json"))).toEqual([
    {
      name: ROWS[0]?.name,
      at: "2026-11-28T08:00:00.000Z",
      isKnown: true,
      tags: ["a", "b"],
      facts: { site: "Paris", phones: 2, pools: ["x"] },
    },
    {
      name: "plain, with comma",
      at: null,
      isKnown: true,
      tags: ["a", "b"],
      facts: { site: "Paris", phones: 2, pools: ["x"] },
    },
  ]);
  expect(JSON.parse(written("json", []))).toEqual([]);
});
