import type { CheckRecord, KindFacts } from "#phones/check-log/check-row";
import type { AuditKind } from "#formats/protocol/audit-line";
import { toAuditLine } from "#formats/protocol/audit-line";

/** Converts a check to a line of the audit log of the original, without a line break. */
export function toAuditFileLine(record: CheckRecord): string {
  const { at, address, macAddress, serialNumber, userName, refusal, kind } = record;
  const check = {
    at,
    address,
    macAddress: macAddress ?? "",
    serialNumber: serialNumber ?? "",
    userName: userName ?? "",
    ...(refusal === null ? {} : { refusal }),
  };
  return toAuditLine(check, kind.auditCells);
}

export function toAuditKind({ hardware, requested, images }: KindFacts): AuditKind {
  return {
    hardware,
    requested: requested.map(({ fileName, updateType, version, timestamp }) => ({
      fileName: fileName || updateType,
      version,
      timestamp: timestamp ?? "",
    })),
    offered: images.map(({ fileName, signatureFileName, version, releasedAt }) => ({
      fileName,
      signatureFileName: signatureFileName ?? "",
      version,
      timestamp: releasedAt.toISOString().replace(/\.\d+Z$/, "Z"),
    })),
  };
}
