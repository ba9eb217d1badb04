import { memoizeByObject } from "#foundation/core/memoize";
import type { CheckRecord, CheckedKind } from "#phones/check-log/check-row";
import type {
  AuditLine,
  OfferedAuditModule,
  RequestedAuditModule,
} from "#formats/protocol/audit-line";

/** Converts a check to a line of the audit log of the original. */
export function toAuditFileLine(record: CheckRecord): AuditLine {
  return {
    at: record.at,
    address: record.address,
    hardware: record.kind.hardware,
    macAddress: record.macAddress ?? "",
    serialNumber: record.serialNumber ?? "",
    requested: toRequested(record.kind.requested),
    offered: toOffered(record.kind.images),
    userName: record.userName ?? "",
    ...(record.refusal === null ? {} : { refusal: record.refusal }),
  };
}

/** Memoized: records of phones with a shared judgement share their modules. */
const toRequested = memoizeByObject(
  (requested: CheckedKind["requested"]): readonly RequestedAuditModule[] =>
    requested.map(({ fileName, updateType, version, timestamp }) => ({
      fileName: fileName || updateType,
      version,
      timestamp: timestamp ?? "",
    })),
);

const toOffered = memoizeByObject((images: CheckedKind["images"]): readonly OfferedAuditModule[] =>
  images.map(({ fileName, signatureFileName, version, releasedAt }) => ({
    fileName,
    signatureFileName: signatureFileName ?? "",
    version,
    timestamp: releasedAt.toISOString().replace(/\.\d+Z$/, "Z"),
  })),
);
