import type { CheckRecord } from "#lib/devices/model";

/** What a check of a CX600 left behind that no rule was for. */
export function aRecord(overrides: Partial<CheckRecord> = {}): CheckRecord {
  return {
    at: new Date("2026-11-22T08:00:00Z"),
    poolId: null,
    side: "internal",
    dialect: "json",
    outcome: "no_rule",
    address: "10.0.0.7",
    macAddress: null,
    serialNumber: "07823-A345",
    hardware: {
      deviceType: "UCPhone",
      brand: "POLYCOM",
      model: "CX600",
      revision: "A",
      locale: "ENU",
    },
    userName: null,
    trigger: "boot",
    requested: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.0.0", timestamp: null }],
    offered: [],
    images: [],
    judgements: [],
    ...overrides,
  };
}
