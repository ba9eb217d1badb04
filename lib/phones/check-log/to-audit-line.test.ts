import { expect, test } from "vitest";
import { readAuditLines } from "#formats/protocol/audit-line";
import { toAuditFileLine } from "#phones/check-log/to-audit-line";
import type { CheckRecord } from "#phones/check-log/check-row";
import { aRecord } from "#phones/check-log/testing/records";

function lineOf(record: CheckRecord) {
  return readAuditLines(toAuditFileLine(record))[0];
}

const IMAGE = {
  ...aRecord().kind.hardware,
  hardware: aRecord().kind.hardware,
  updateType: "CPE",
  fileName: "CPE.nbt",
  signatureFileName: null,
  version: "4.0.7577.4387",
  releasedAt: new Date("2013-04-10T00:00:00.250Z"),
  sizeBytes: 1,
  sha256: "0".repeat(64),
  internalPoolUrl: "http://pool01.contoso.com",
  externalPoolUrl: "https://web.contoso.com",
  path: "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE",
};

test("missing values are empty texts, and an answered check has no refusal", () => {
  const line = lineOf(aRecord({ serialNumber: null }));

  expect(line).toEqual({
    at: new Date("2026-11-22T08:00:00Z"),
    address: "10.0.0.7",
    hardware: aRecord().kind.hardware,
    macAddress: "",
    serialNumber: "",
    requested: [{ fileName: "CPE.nbt", version: "4.0.0.0", timestamp: "" }],
    offered: [],
    userName: "",
  });
});

test("a refused check contains its reason", () => {
  expect(lineOf(aRecord({ refusal: "No credentials." }))?.refusal).toBe("No credentials.");
});

test("uses the update type of a requested module without a file name", () => {
  const module = { updateType: "RCV", fileName: "", version: "1.0", timestamp: "2013-04-10" };

  expect(lineOf(aRecord({ requested: [module] }))?.requested).toEqual([
    { fileName: "RCV", version: "1.0", timestamp: "2013-04-10" },
  ]);
});

test("writes the time of an offered image in whole seconds", () => {
  expect(lineOf(aRecord({ images: [IMAGE] }))?.offered).toEqual([
    {
      fileName: "CPE.nbt",
      signatureFileName: "",
      version: "4.0.7577.4387",
      timestamp: "2013-04-10T00:00:00Z",
    },
  ]);
});
