import type { CheckRecord } from "#lib/devices/model";
import type { AuditLine } from "#lib/protocol/audit-line";

/** A check as the original's audit has it. */
export function toAuditFileLine(record: CheckRecord): AuditLine {
  return {
    at: record.at,
    address: record.address,
    hardware: record.hardware,
    macAddress: record.macAddress ?? "",
    serialNumber: record.serialNumber ?? "",
    requested: record.requested.map(({ fileName, updateType, version, timestamp }) => ({
      fileName: fileName || updateType,
      version,
      timestamp: timestamp ?? "",
    })),
    offered: record.images.map(({ fileName, signatureFileName, version, releasedAt }) => ({
      fileName,
      signatureFileName: signatureFileName ?? "",
      version,
      timestamp: releasedAt.toISOString().replace(/\.\d+Z$/, "Z"),
    })),
    userName: record.userName ?? "",
  };
}
