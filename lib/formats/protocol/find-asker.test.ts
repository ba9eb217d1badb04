import fc from "fast-check";
import { expect, test } from "vitest";
import { findAsker } from "#formats/protocol/find-asker";

const PHONE = {
  hardware: {
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
  },
  macAddress: "0004F2000176",
  serialNumber: "07823-A345",
  user: "CONTOSO\\adamb",
  installed: [
    { updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4363", timestamp: null },
    { updateType: "Boot", fileName: "Boot.nbt", version: "1.0", timestamp: null },
  ],
};

const JSON_BODY = JSON.stringify({
  device: {
    deviceType: "UCPhone",
    vendor: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
    macAddress: "00-04-F2-00-01-76",
    serialNumber: "07823-A345",
  },
  user: "CONTOSO\\adamb",
  modules: [
    { updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4363" },
    { updateType: "Boot", fileName: "Boot.nbt", version: "1.0" },
  ],
});

const XML_BODY = `<?xml version="1.0"?><u:UpdateRequest xmlns:u="urn:x"><DeviceType>UCPhone</DeviceType>
  <MACAddress>00-04-F2-00-01-76</MACAddress><SerialNumber>07823-A345</SerialNumber><u:Vendor>POLYCOM</u:Vendor>
  <Model>CX600</Model><Revision>A</Revision><Locale>ENU</Locale><UserID>CONTOSO\\adamb</UserID>
  <Module Filename="CPE.nbt" Version="4.0.7577.4363"/><Module Filename="Boot.nbt" Version="1.0"/>`;

test("finds the sender in truncated JSON", () => {
  expect(findAsker(JSON_BODY)).toEqual(PHONE);
  expect(findAsker(JSON_BODY.slice(0, -3))).toEqual(PHONE);
});

test("finds the sender in XML that is not well-formed", () => {
  expect(findAsker(XML_BODY)).toEqual(PHONE);
});

test("cuts long texts and removes control characters", () => {
  const asker = findAsker(`{"user":"${"u".repeat(152)}","model":"CX\u0001600"}`);

  expect(asker.user).toBe("u".repeat(128));
  expect(asker.hardware.model).toBe("CX 600");
});

test.each(["", "not a word", "{", "<", "<a><b></a>", '{"macAddress":"nonsense"}'])(
  "finds no sender in %j",
  (body) => {
    expect(findAsker(body)).toMatchObject({ macAddress: null, serialNumber: null, user: null });
  },
);

test("never throws, and never exceeds the limits of a record", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 150 }), (body) => {
      const { user, serialNumber } = findAsker(`{"user":"${body}","serialNumber":"${body}"`);
      expect((user ?? "").length).toBeLessThanOrEqual(128);
      expect((serialNumber ?? "").length).toBeLessThanOrEqual(128);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ["open tags", "<".repeat(64 * 1024)],
  ["a tag without an end", `<${"a ".repeat(32 * 1024)}`],
  ["one long word", "a".repeat(64 * 1024)],
  ["quotes", '"'.repeat(64 * 1024)],
  ["names without a value", '"a":'.repeat(16 * 1024)],
  ["backslashes", `{"user":"${"\\".repeat(64 * 1024)}`],
])("reads %s in a short time", (_, body) => {
  const begin = performance.now();
  findAsker(body);
  expect(performance.now() - begin).toBeLessThan(200);
});
