import type { CheckRecord, KindFacts } from "#phones/check-log/check-row";
import { encodeCheck } from "#phones/check-log/check-row";
import { toCheckedKind } from "#phones/check-log/checked-kind";
import { toStagedChecks } from "#phones/check-log/server/record-store";
import type { StagedChecks } from "#phones/check-log/server/record-store";
import { recordChecks } from "#phones/check-log/server/record-checks";
import type { FileDownload } from "#fleet/devices/model";
import { CX600 } from "#firmware/rules/testing/rules";
import { prepareDownload, recordDownloads } from "#fleet/devices/server/record-downloads";

/** Writes checks in one batch, as the recorder does. */
export async function storeChecks(records: readonly CheckRecord[]): Promise<void> {
  await recordChecks(toStaged(records));
}

/** Encodes checks as one batch. */
export function toStaged(records: readonly CheckRecord[]): StagedChecks {
  const lines = Buffer.from(records.map(encodeCheck).join(""));
  return toStagedChecks(
    lines,
    records.map(({ kind }) => kind.copyLine),
  );
}

/** The same for downloads. */
export async function storeDownloads(downloads: readonly FileDownload[]): Promise<void> {
  await recordDownloads(downloads.map(prepareDownload).join(""));
}

export type RecordOptions = Partial<KindFacts & Omit<CheckRecord, "kind">>;

/** A check of a CX600 without a matching rule. */
export function aRecord({
  poolId = null,
  outcome = "no_rule",
  hardware = CX600,
  requested = [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.0.0", timestamp: null }],
  offered = [],
  images = [],
  judgements = [],
  shown = null,
  ...overrides
}: RecordOptions = {}): CheckRecord {
  return {
    kind: toCheckedKind({
      poolId,
      outcome,
      hardware,
      requested,
      offered,
      images,
      judgements,
      shown,
    }),
    at: new Date("2026-11-22T08:00:00Z"),
    side: "internal",
    dialect: "json",
    address: "10.0.0.7",
    macAddress: null,
    serialNumber: "07823-A345",
    userName: null,
    trigger: "boot",
    refusal: null,
    ...overrides,
  };
}
