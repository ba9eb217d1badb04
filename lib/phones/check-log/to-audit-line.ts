import { onceForEach } from "#foundation/core/once-for-each";
import type { CheckRecord } from "#fleet/devices/model";
import type {
  AuditLine,
  OfferedAuditModule,
  RequestedAuditModule,
} from "#formats/protocol/audit-line";

/** A check as the original's audit has it. */
export function toAuditFileLine(record: CheckRecord): AuditLine {
  return {
    at: record.at,
    address: record.address,
    hardware: record.hardware,
    macAddress: record.macAddress ?? "",
    serialNumber: record.serialNumber ?? "",
    requested: toRequested(record.requested),
    offered: toOffered(record.images),
    userName: record.userName ?? "",
    ...(record.refusal === undefined ? {} : { refusal: record.refusal }),
  };
}

/** Records of phones of one kind share their modules. */
const toRequested = onceForEach(
  (requested: CheckRecord["requested"]): readonly RequestedAuditModule[] =>
    requested.map(({ fileName, updateType, version, timestamp }) => ({
      fileName: fileName || updateType,
      version,
      timestamp: timestamp ?? "",
    })),
);

const toOffered = onceForEach((images: CheckRecord["images"]): readonly OfferedAuditModule[] =>
  images.map(({ fileName, signatureFileName, version, releasedAt }) => ({
    fileName,
    signatureFileName: signatureFileName ?? "",
    version,
    timestamp: releasedAt.toISOString().replace(/\.\d+Z$/, "Z"),
  })),
);
