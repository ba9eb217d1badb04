import "server-only";
import { rm } from "node:fs/promises";
import { AppError } from "#foundation/core/errors";
import { contentBackend } from "#firmware/files/server/content-backend";
import { requireBoundPhone } from "#access/device-tokens/require-bound-phone";
import { deviceKey } from "#fleet/devices/device-key";
import type { Side } from "#fleet/devices/model";
import { decideKind } from "#phones/device-logs/decide-kind";
import type { LogKind } from "#phones/device-logs/decide-kind";
import { logFileName } from "#phones/device-logs/log-file-name";
import type { LogFacts } from "#phones/device-logs/log-facts";
import { toLogFacts } from "#phones/device-logs/log-facts";
import type { LogSettings } from "#phones/device-logs/model";
import { effectiveLogSettings } from "#phones/device-logs/model";
import { keepFile, newIncomingPath, removeFile } from "#phones/device-logs/server/log-files";
import { removeLogObject } from "#phones/device-logs/server/log-objects";
import { phoneShareBytes, reserveRoom, storeFull } from "#phones/device-logs/server/log-store";
import type { LogUpload } from "#phones/device-logs/server/receive-log";
import { receiveLog } from "#phones/device-logs/server/receive-log";
import { findLogSettings } from "#phones/device-logs/server/settings-store";
import { findKnownFileNames, insertLog, sumLogBytes } from "#phones/device-logs/server/store";
import { noteWritten } from "#phones/device-logs/server/sync-cache";
import { takeByAddress, takeByPhone } from "#phones/device-logs/server/upload-limits";
import { db } from "#foundation/platform/db/client";

/** The context of an upload. The endpoint has already admitted the phone and determined the pool. */
export type LogContext = {
  readonly now: Date;
  readonly side: Side;
  readonly address: string;
  /** The owner of the credentials; null inside the firewall. */
  readonly accountName: string | null;
  /** The only phone that may use the credentials; null if every phone may. */
  readonly boundMacAddress: string | null;
  readonly poolId: string | null;
  readonly siteId: string | null;
};

export type AcceptedLog = { readonly id: string; readonly fileName: string };

type Arrived = { readonly path: string; readonly facts: LogFacts; readonly sizeBytes: number };

/**
 * Accepts a log from a phone, from every endpoint and in every form. On return, the log is in its file and in the list;
 * if this throws, it is in neither.
 */
export async function acceptDeviceLog(
  context: LogContext,
  upload: LogUpload,
): Promise<AcceptedLog> {
  await takeByAddress(context.address, context.now);
  const settings = effectiveLogSettings(await findLogSettings(db), context.siteId);
  const { maxFileSizeBytes: limitBytes, validExtensions } = settings;
  const room = await reserveRoom(limitBytes, context);
  let keptBytes = 0;
  try {
    const path = await newIncomingPath();
    try {
      const { fields, sizeBytes } = await receiveLog(upload, { path, limitBytes, validExtensions });
      const arrived = { path, facts: toLogFacts(fields), sizeBytes };
      const accepted = await keep(context, settings, arrived);
      keptBytes = sizeBytes;
      return accepted;
    } finally {
      // A log that was kept has been moved away from this path.
      await rm(path, { force: true });
    }
  } finally {
    await room.settle(keptBytes);
  }
}

async function keep(
  context: LogContext,
  settings: LogSettings,
  arrived: Arrived,
): Promise<AcceptedLog> {
  const { facts, sizeBytes } = arrived;
  requireBoundPhone(context, facts.macAddress);
  const { logType, extension } = requireKind(facts, settings);
  const key = deviceKey(facts);
  const { address, now } = context;
  await takeByPhone(key ?? address, now);
  const usedBytes = await sumLogBytes(db, { deviceKey: key, address });
  if (usedBytes + sizeBytes > phoneShareBytes(settings.maxFileSizeBytes)) {
    throw storeFull("The logs of this phone have reached the limit for one phone.");
  }
  const { deviceType, macAddress, serialNumber } = facts;
  const deviceId = macAddress ?? serialNumber ?? address;
  const fileName = await keepFile(arrived.path, logType, {
    nameOf: (number) => logFileName({ deviceType, deviceId, at: now, logType, extension }, number),
    isTaken: async (name) =>
      contentBackend().kind === "objects" && (await findKnownFileNames(db, [name])).has(name),
  });
  try {
    await noteWritten(context.siteId ?? "global", { logType, fileName, sizeBytes }, settings);
    const id = await insertLog(db, {
      at: now,
      deviceKey: key,
      macAddress,
      serialNumber,
      deviceType,
      brand: facts.brand,
      model: facts.model,
      poolId: context.poolId,
      siteId: context.siteId,
      side: context.side,
      address,
      userName: context.accountName ?? facts.userName,
      logType,
      extension,
      fileName,
      givenName: facts.givenName,
      sizeBytes,
    });
    return { id, fileName };
  } catch (error) {
    await removeFile({ logType, fileName });
    await removeLogObject({ logType, fileName }).catch(() => undefined);
    throw error;
  }
}

function requireKind(facts: LogFacts, settings: LogSettings): LogKind {
  const decision = decideKind(facts, settings);
  if (decision.kind === "refused") {
    throw new AppError("unsupported_media_type", decision.problem);
  }
  return decision;
}
