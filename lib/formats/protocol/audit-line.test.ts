import fc from "fast-check";
import { expect, test } from "vitest";
import type { AuditLine } from "#formats/protocol/audit-line";
import {
  auditHeader,
  readAuditLines,
  toAuditKindCells,
  toAuditLine,
} from "#formats/protocol/audit-line";

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(",", ";", "#", "%", '"', "=", "'", "2", "5", "\n", "x") }),
);
const requested = fc.record({ fileName: text, version: text, timestamp: text });
const offered = fc.record({
  fileName: text,
  signatureFileName: text,
  version: text,
  timestamp: text,
});
const line: fc.Arbitrary<AuditLine> = fc.record({
  at: fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => new Date(seconds * 1000)),
  address: text,
  hardware: fc.record({ deviceType: text, brand: text, model: text, revision: text, locale: text }),
  macAddress: text,
  serialNumber: text,
  requested: fc.array(requested, { maxLength: 3 }),
  offered: fc.array(offered, { maxLength: 3 }),
  userName: text,
});

function encode(one: AuditLine): string {
  return toAuditLine(one, toAuditKindCells(one));
}

test("reads back every line that it writes, for any text from a phone", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 3 }), (lines) => {
      const file = [auditHeader(), ...lines.map(encode)].map((one) => `${one}\r\n`).join("");
      expect(readAuditLines(file)).toEqual(lines);
    }),
  );
});

const DOCUMENTED =
  "2013-08-30T16:44:48Z,10.0.12.34,UCPhone,0004F2000176,07823-A345,POLYCOM,CX600,A,ENU,CPE.nbt;4.0.7577.4363;2013-01-10T09:00:00Z,CPE.nbt;CPE.cat;4.0.7577.4387;2013-04-10T00:00:00Z,CONTOSO\\adamb";

test("reads and writes the documented example exactly", () => {
  const lines = readAuditLines(DOCUMENTED);
  expect(lines).toMatchObject([
    {
      address: "10.0.12.34",
      hardware: { model: "CX600" },
      offered: [{ signatureFileName: "CPE.cat", version: "4.0.7577.4387" }],
      userName: "CONTOSO\\adamb",
    },
  ]);
  expect(lines.map(encode)).toEqual([DOCUMENTED]);
});

test("keeps the documented format for scripts that split at commas, # and ;", () => {
  const columns = DOCUMENTED.split(",");
  expect(columns).toHaveLength(12);
  expect(columns[10]?.split("#").map((module) => module.split(";"))).toEqual([
    ["CPE.nbt", "CPE.cat", "4.0.7577.4387", "2013-04-10T00:00:00Z"],
  ]);
});

test("prevents a model that is a formula from running in a spreadsheet", () => {
  const [read] = readAuditLines(DOCUMENTED);
  const hardware = { deviceType: "", brand: "", model: "=1+1", revision: "", locale: "" };
  expect(read && encode({ ...read, hardware })).toContain(",'=1+1,");
});
