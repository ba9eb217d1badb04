import type { CheckRecord, FileDownload } from "#fleet/devices/model";
import { prepareCheck, recordChecks } from "#fleet/devices/server/record-checks";
import { prepareDownload, recordDownloads } from "#fleet/devices/server/record-downloads";

/** Writes checks as the recorder does, in one batch. */
export async function keepChecks(records: readonly CheckRecord[]): Promise<void> {
  await recordChecks(Buffer.from(records.map(prepareCheck).join("")));
}

/** The same for downloads. */
export async function keepDownloads(downloads: readonly FileDownload[]): Promise<void> {
  await recordDownloads(downloads.map(prepareDownload).join(""));
}

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
