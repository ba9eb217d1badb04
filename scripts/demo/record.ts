import { toInstantText } from "#foundation/core/time";
import type { BulkConnection } from "#foundation/platform/db/bulk";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { hardwareKey } from "#foundation/core/hardware";
import { prepareDownload, recordDownloads } from "#fleet/devices/server/record-downloads";
import { encodeCheck } from "#phones/check-log/check-row";
import { insertChecks, toStagedChecks } from "#phones/check-log/server/record-store";
import { resultsOf } from "#phones/check/server/kind-results";
import { FLOOD_ADDRESS } from "./addresses.ts";
import type { LifeEvents, PhoneCheck, PhoneDownload } from "./phone-life.ts";

/** As many as the recorder of the service writes at once. */
const CHECKS = 5_000;
const DOWNLOADS = 1_000;

/** Phones are divided among connections, so that PostgreSQL uses two processors. */
const connections = [bulkConnection(), bulkConnection()] as const;

/** Writes checks, the inventory and downloads as the service does, and forgets them. */
export async function record({ checks, downloads }: LifeEvents): Promise<void> {
  const inOrder = checks.toSorted((left, right) => left.atMs - right.atMs);
  await Promise.all(
    connections.map((connection, index) =>
      recordChecks(
        connection,
        inOrder.filter(({ phone }) => phone.number % connections.length === index),
      ),
    ),
  );
  for (const batch of batchesOf(downloads, DOWNLOADS)) {
    await recordDownloads(batch.map(encodeDownload).join(""));
  }
  checks.length = 0;
  downloads.length = 0;
}

export async function endRecording(): Promise<void> {
  await forgetArrivals();
  await Promise.all(connections.map((connection) => connection.close()));
}

async function recordChecks(
  connection: BulkConnection,
  checks: readonly PhoneCheck[],
): Promise<void> {
  for (const batch of batchesOf(checks, CHECKS)) {
    const encoded = batch.map(encode);
    const staged = toStagedChecks(
      Buffer.from(encoded.map(({ line }) => line).join("")),
      encoded.map(({ kindLine }) => kindLine),
    );
    await connection.inTransaction((tx) => insertChecks(tx, staged));
  }
}

/** Tells the planner of PostgreSQL how many phones there are, as autovacuum does a minute later. */
export async function analyze(): Promise<void> {
  await db.$executeRaw`ANALYZE "Device", "ListedDevice", "RollOutPhone", "CheckSender"`;
}

/** The numbers of checks of hours that the check log does not have in full. */
export async function storeHours(hours: ReadonlyMap<number, number>): Promise<void> {
  const rows = [...hours].map(([sinceMs, checks]) => ({
    since: toInstantText(new Date(sinceMs)),
    checks,
  }));
  await db.$executeRaw`
    INSERT INTO "CheckHour" AS known ("since", "checks")
    SELECT "since", "checks" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS hour ("since" timestamptz, "checks" int)
    ON CONFLICT ("since") DO UPDATE SET "checks" = greatest(known."checks", excluded."checks")`;
}

/** The fleet did not arrive in this hour. Only the flood stays. */
async function forgetArrivals(): Promise<void> {
  await db.arrivalCount.deleteMany({ where: { network: { not: FLOOD_ADDRESS } } });
}

function* batchesOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let first = 0; first < items.length; first += size) {
    yield items.slice(first, first + size);
  }
}

function encode({ phone, atMs, trigger, serialNumber, check }: PhoneCheck) {
  const kind = resultsOf(check).record;
  const line = encodeCheck({
    at: new Date(atMs),
    side: sideOf(phone),
    dialect: phone.kind.family === "lync" ? "lync" : "json",
    address: phone.address,
    userName: phone.userName,
    trigger,
    refusal: null,
    macAddress: phone.macAddress,
    serialNumber,
    kind,
  });
  return { line, kindLine: kind.copyLine };
}

function encodeDownload({ phone, stage, atMs, sha256 }: PhoneDownload): string {
  return prepareDownload({
    at: new Date(atMs),
    stage,
    address: phone.address,
    side: sideOf(phone),
    accountName: phone.isOutside ? phone.userName : null,
    macAddress: null,
    sha256,
    hardwareKey: hardwareKey(phone.kind.hardware),
  });
}

function sideOf({ isOutside }: PhoneCheck["phone"]): "internal" | "external" {
  return isOutside ? "external" : "internal";
}
