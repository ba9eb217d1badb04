import { expect, test } from "vitest";
import type { ExportFormat } from "#phones/check-log/export-lines";
import { EXPORT_WRITERS } from "#phones/check-log/export-lines";
import type { CheckEntry } from "#phones/check-log/check-row";
import { aRecord } from "#phones/check-log/testing/records";

function anEntry(overrides: Partial<CheckEntry> = {}): CheckEntry {
  return {
    id: "1",
    at: new Date("2026-11-22T08:00:00Z"),
    outcome: "offered",
    side: "external",
    dialect: "lync",
    address: "203.0.113.7",
    userName: "adamb",
    trigger: "boot",
    requested: [{ updateType: "CPE", fileName: "CPE.nbt", version: "1.0", timestamp: null }],
    offered: [],
    judgements: [],
    refusal: null,
    macAddress: "0004F2000176",
    serialNumber: null,
    hardware: aRecord().kind.hardware,
    poolFqdn: "pool01.contoso.com",
    deviceId: null,
    ...overrides,
  };
}

function exported(format: ExportFormat, entries: readonly CheckEntry[]): string {
  const { begin, write, end } = EXPORT_WRITERS[format];
  return begin + entries.map(write).join("") + end;
}

test("CSV has a header row and one row per check", () => {
  const [names, row, ...rest] = exported("csv", [anEntry()]).split("\r\n");
  const cells = row?.split(",") ?? [];
  const values = Object.fromEntries(
    (names?.split(",") ?? []).map((name, index) => [name, cells[index]]),
  );

  expect(rest).toEqual([""]);
  expect(values).toEqual({
    at: "2026-11-22T08:00:00.000Z",
    address: "203.0.113.7",
    side: "external",
    dialect: "lync",
    deviceType: "UCPhone",
    macAddress: "0004F2000176",
    serialNumber: "",
    vendor: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
    pool: "pool01.contoso.com",
    user: "adamb",
    trigger: "boot",
    outcome: "offered",
    requested: "CPE 1.0",
    offered: "",
    reasons: "",
    refusal: "",
  });
});

test("several modules are in one cell", () => {
  const module = { fileName: "", timestamp: null };
  const requested = [
    { ...module, updateType: "CPE", version: "1.0" },
    { ...module, updateType: "RCV", version: "2.0" },
  ];

  expect(exported("csv", [anEntry({ requested })])).toContain(",CPE 1.0 RCV 2.0,");
});

test("a cell that a spreadsheet would read as a formula is text", () => {
  expect(exported("csv", [anEntry({ userName: "=1+1" })])).not.toMatch(/,=1\+1,/);
});

test.each([0, 1, 3])("an export of %i checks is one JSON document", (count) => {
  const entries = Array.from({ length: count }, (_, index) => anEntry({ id: String(index) }));
  const exportedEntries: unknown = JSON.parse(exported("json", entries));

  expect(exportedEntries).toEqual(JSON.parse(JSON.stringify(entries)));
});
