import { expect, test } from "vitest";
import { DEVICE_CSV_HEAD, toDeviceCsvLine } from "#fleet/devices/device-csv";
import type { DeviceSummary } from "#fleet/devices/model";

const DEVICE: DeviceSummary = {
  id: "1",
  macAddress: "0004F2000176",
  serialNumber: null,
  serialChanges: [],
  conflict: null,
  hardware: {
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
  },
  poolFqdn: "pool01.contoso.com",
  siteName: "Berlin",
  address: "10.0.0.7",
  side: "internal",
  userName: "=cmd()",
  version: "4.0.0.0",
  state: "up_to_date",
  progress: null,
  updates: [],
  isTestDevice: false,
  lastSeenAt: new Date("2026-11-22T08:00:00Z"),
};

test("a line has a value for each column, and no formula", () => {
  expect(DEVICE_CSV_HEAD.trim().split(",")).toHaveLength(14);
  expect(toDeviceCsvLine(DEVICE)).toBe(
    "POLYCOM,CX600,00-04-F2-00-01-76,,4.0.0.0,up_to_date,,,2026-11-22T08:00:00.000Z,pool01.contoso.com,Berlin,10.0.0.7,'=cmd(),false\r\n",
  );
});
