import fc from "fast-check";
import { expect, test } from "vitest";
import type { CheckRequest } from "#formats/protocol/check-request";
import { updateTypeOfFile } from "#formats/protocol/check-request";
import { checkBody, toCheckRequest } from "#formats/protocol/json";

const DEVICE = {
  deviceType: "UCPhone",
  vendor: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
  macAddress: "0004F2000176",
  serialNumber: "07823-A345",
};

/** The published example of the protocol reference, unchanged. */
const PUBLISHED_REQUEST = {
  schema: 1,
  device: DEVICE,
  user: "CONTOSO\\adamb",
  trigger: "boot",
  modules: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4363" }],
};

function read(body: unknown): CheckRequest {
  return toCheckRequest(checkBody.parse(body));
}

function readDevice(overrides: Partial<Record<keyof typeof DEVICE | "brand", unknown>>): unknown {
  return read({ device: { ...DEVICE, ...overrides } });
}

/** The fields that a refusal names. */
function refusedFields(body: unknown): readonly string[] {
  return checkBody.safeParse(body).error?.issues.map(({ path }) => path.join(".")) ?? [];
}

test("reads the published request", () => {
  expect(read(PUBLISHED_REQUEST)).toEqual({
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
    trigger: "boot",
    installed: [
      { updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4363", timestamp: null },
    ],
  });
});

test("reads a request with unknown fields or with fields missing", () => {
  const { macAddress, deviceType, model } = DEVICE;
  const body = {
    schema: 7,
    device: { macAddress, deviceType, model, brand: "Polycom", revision: null, battery: 80 },
    trigger: "earthquake",
    extra: [{}],
  };

  expect(read(body)).toEqual({
    hardware: { deviceType: "UCPhone", brand: "Polycom", model: "CX600", revision: "", locale: "" },
    macAddress: "0004F2000176",
    serialNumber: null,
    user: null,
    trigger: null,
    installed: [],
  });
});

test.each(["00-04-f2-00-01-76", "00:04:F2:00:01:76", "0004.f200.0176"])(
  "reads the MAC address %s as 0004F2000176",
  (macAddress) => {
    expect(readDevice({ macAddress })).toMatchObject({ macAddress: "0004F2000176" });
  },
);

test("identifies a phone by its serial number when its MAC address is blank or invalid", () => {
  expect(readDevice({ macAddress: "" })).toMatchObject({ macAddress: null });
  expect(readDevice({ macAddress: "unknown" })).toMatchObject({
    macAddress: null,
    serialNumber: "07823-A345",
  });
});

test("takes the update type from the file name and drops modules without a name", () => {
  const modules = [
    { fileName: "CPE.nbt", version: "1.0" },
    { version: "2.0" },
    { updateType: "X" },
  ];

  expect(read({ device: DEVICE, modules }).installed).toEqual([
    { updateType: "CPE", fileName: "CPE.nbt", version: "1.0", timestamp: null },
    { updateType: "X", fileName: "", version: "", timestamp: null },
  ]);
});

test.each([
  ["device", {}],
  ["device.macAddress", { device: { ...DEVICE, macAddress: "01-02-03-04-05", serialNumber: "" } }],
  ["device.macAddress", { device: { ...DEVICE, macAddress: null, serialNumber: null } }],
  ["device.vendor", { device: { ...DEVICE, vendor: " " } }],
  ["device.model", { device: { ...DEVICE, model: "" } }],
  ["device.model", { device: { ...DEVICE, model: "x".repeat(129) } }],
  ["device.locale", { device: { ...DEVICE, locale: "EN\u0000U" } }],
  ["modules", { device: DEVICE, modules: Array.from({ length: 33 }, () => ({})) }],
  ["modules.0.version", { device: DEVICE, modules: [{ version: "1\n2" }] }],
])("refuses a request and names %s", (field, body) => {
  expect(refusedFields(body)).toEqual([field]);
});

test("shortens informational texts instead of refusing the phone", () => {
  const modules = [{ fileName: "f".repeat(200), updateType: "X", version: "1", timestamp: 7 }];
  const device = { ...DEVICE, locale: "l".repeat(200), serialNumber: "s".repeat(200) };

  expect(read({ device, modules, user: "u".repeat(152), trigger: ["boot"] })).toMatchObject({
    user: "u".repeat(128),
    trigger: null,
    hardware: { locale: "l".repeat(128) },
    serialNumber: null,
    installed: [{ fileName: "f".repeat(128), timestamp: null }],
  });
  expect(read({ device: DEVICE, user: 7 })).toMatchObject({ user: null });
  expect(read({ device: DEVICE, user: "a\u0000b" })).toMatchObject({ user: "a b" });
});

test("never cuts a serial number that alone identifies the phone", () => {
  const device = { ...DEVICE, macAddress: null, serialNumber: "s".repeat(129) };
  expect(refusedFields({ device })).toEqual(["device.macAddress"]);
});

test("returns a request or a refusal for any JSON, never throws", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (device) => {
      expect(checkBody.safeParse({ device }).success).toBe(false);
    }),
  );
});

test.each([
  ["CPE.nbt", "CPE"],
  ["a.b.nbt", "a.b"],
  ["CPE", "CPE"],
  [".nbt", ".nbt"],
  ["", ""],
])("derives from file %s the update type %s", (fileName, updateType) => {
  expect(updateTypeOfFile(fileName)).toBe(updateType);
});
