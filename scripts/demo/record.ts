import { toInstantText } from "#foundation/core/time";
import { db } from "#foundation/platform/db/client";
import { hardwareKey } from "#foundation/core/hardware";
import { prepareDownload, recordDownloads } from "#fleet/devices/server/record-downloads";
import { encodeCheck } from "#phones/check-log/check-row";
import { recordChecks } from "#phones/check-log/server/record-checks";
import { toStagedChecks } from "#phones/check-log/server/record-store";
import { resultsOf } from "#phones/check/server/kind-results";
import type { LifeEvents, PhoneCheck, PhoneDownload } from "./phone-life.ts";

/** As many as the recorder of the service writes at once. */
const BATCH = 5_000;

/** Writes checks, the inventory and downloads as the service does, and forgets them. */
export async function record({ checks, downloads }: LifeEvents): Promise<void> {
  const inOrder = checks.toSorted((left, right) => left.atMs - right.atMs);
  for (const batch of batchesOf(inOrder)) {
    const encoded = batch.map(encode);
    await recordChecks(
      toStagedChecks(
        Buffer.from(encoded.map(({ line }) => line).join("")),
        encoded.map(({ kindLine }) => kindLine),
      ),
    );
  }
  for (const batch of batchesOf(downloads)) {
    await recordDownloads(batch.map(encodeDownload).join(""));
  }
  checks.length = 0;
  downloads.length = 0;
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

function* batchesOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let first = 0; first < items.length; first += BATCH) {
    yield items.slice(first, first + BATCH);
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
