import { expect, test } from "vitest";
import { pendingGiven } from "#components/test-devices/test-device-row";
import type { KnownPhone } from "#fleet/devices/model";

function aPhone(offered: KnownPhone["offered"]): KnownPhone {
  return {
    id: "d",
    poolId: null,
    macAddress: null,
    serialNumber: null,
    hardware: { deviceType: "", brand: "", model: "", revision: "", locale: "" },
    version: null,
    installed: [],
    offered,
    updates: [],
    lastSeenAt: new Date(0),
  };
}

test("names each offered pending version once, and no approved one", () => {
  const offered = [
    { updateType: "CPE", version: "2.0", channel: "pending" },
    { updateType: "FONT", version: "2.0", channel: "pending" },
    { updateType: "X", version: "1.0", channel: "approved" },
  ] as const;
  expect(pendingGiven(aPhone(offered))).toBe("2.0");
});

test.each([null, aPhone([])])("returns null for a phone without an offer", (phone) => {
  expect(pendingGiven(phone)).toBeNull();
});
