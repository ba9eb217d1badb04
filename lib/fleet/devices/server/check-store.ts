import "server-only";
import type { Buffer } from "node:buffer";
import { hardwareKey } from "#foundation/core/hardware";
import { toInstantText } from "#foundation/core/instant-text";
import { onceForEach } from "#foundation/core/once-for-each";
import type { CheckDaySize } from "#fleet/devices/check-days";
import { deviceKey, serialKey } from "#fleet/devices/device-key";
import type { CheckRecord } from "#fleet/devices/model";
import { boundArrivals } from "#fleet/devices/server/arrival-sql";
import {
  CHANGED_SERIALS,
  FIRST_SERIAL_CHANGES,
  NEXT_SERIAL_CHANGES,
} from "#fleet/devices/server/serial-sql";
import { settleStagedKeys } from "#fleet/devices/server/takeover-sql";
import {
  NEWEST_SPOKEN,
  NEXT_SPOKEN,
  SPOKEN,
  SPOKEN_COLUMNS,
} from "#fleet/devices/server/spoken-sql";
import { FIRST_PROGRESS, NEXT_PROGRESS, SEVERAL_CHECKS } from "#fleet/devices/server/progress-sql";
import type { ShownModule } from "#fleet/devices/shown-module";
import { shownModule } from "#fleet/devices/shown-module";
import { toStorableJson } from "#fleet/devices/storable-json";
import type { BulkTransaction } from "#foundation/platform/db/bulk";
import type { Db } from "#foundation/platform/db/client";

/** A check as a line that `COPY` takes. */
export type EncodedCheck = string;

type StagedPart = {
  /** Names and types; more than one where they are written together. */
  readonly columns: Readonly<Record<string, "text" | "timestamptz" | "uuid" | "jsonb">>;
  readonly of: (record: CheckRecord) => string;
};

/** What a check is brought into the database as, before it is spread over the tables. */
const STAGED_PARTS: readonly StagedPart[] = [
  { columns: { at: "timestamptz" }, of: ({ at }) => toInstantText(at) },
  { columns: { deviceKey: "text" }, of: (record) => cell(keyOf(record)) },
  { columns: { poolId: "uuid" }, of: ({ poolId }) => cell(poolId) },
  { columns: { side: "text" }, of: ({ side }) => side },
  { columns: { dialect: "text" }, of: ({ dialect }) => dialect },
  { columns: { outcome: "text" }, of: ({ outcome }) => outcome },
  { columns: { address: "text" }, of: ({ address }) => cell(address) },
  { columns: { macAddress: "text" }, of: ({ macAddress }) => cell(macAddress) },
  { columns: { serialNumber: "text" }, of: ({ serialNumber }) => cell(serialNumber) },
  { columns: { serialKey: "text" }, of: (record) => cell(serialKeyOf(record)) },
  {
    columns: {
      deviceType: "text",
      brand: "text",
      model: "text",
      revision: "text",
      locale: "text",
      hardwareKey: "text",
    },
    of: ({ hardware }) => hardwareCells(hardware),
  },
  { columns: { userName: "text" }, of: ({ userName }) => cell(userName) },
  { columns: { trigger: "text" }, of: ({ trigger }) => trigger ?? "" },
  {
    columns: { version: "text", versionType: "text" },
    of: ({ shown, requested }) => shownCells(shown ?? shownModule(requested, [])),
  },
  { columns: { requested: "jsonb" }, of: ({ requested }) => requestedCell(requested) },
  { columns: { offered: "jsonb" }, of: ({ offered }) => offeredCell(offered) },
  { columns: { judgements: "jsonb" }, of: ({ judgements }) => judgementsCell(judgements) },
  { columns: { refusal: "text" }, of: ({ refusal }) => cell(refusal ?? null) },
];
const STAGED_COLUMNS = STAGED_PARTS.flatMap(({ columns }) => Object.entries(columns));

const STAGE_TABLE = `CREATE TEMP TABLE IF NOT EXISTS "StagedCheck"
  ("place" bigint GENERATED ALWAYS AS IDENTITY,
  ${STAGED_COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(", ")}) ON COMMIT DELETE ROWS`;

const COPY_TO_STAGE = `COPY "StagedCheck"
  (${STAGED_COLUMNS.map(([name]) => `"${name}"`).join(", ")}) FROM STDIN`;

/** What both tables know of a check. */
const SHARED_COLUMNS = `"deviceKey", "poolId", "side", "outcome", "address", "macAddress", "deviceType", "brand", "model",
  "revision", "locale", "trigger", "offered", "judgements"`;

/** What a newer check replaces about a phone. */
const REFRESHED_COLUMNS = [
  "poolId",
  "side",
  "outcome",
  "address",
  "deviceType",
  "brand",
  "model",
  "revision",
  "locale",
  "hardwareKey",
  "trigger",
  "offered",
  "judgements",
  "installed",
  "version",
  "versionType",
  "lastSeenAt",
]
  .map((column) => `"${column}" = excluded."${column}"`)
  .join(", ");

/**
 * What the module that stands for the phone now reported before: another module may have stood for it then, as long as
 * there was no rule. Looked up in the list only where the shown version is another one.
 */
const VERSION_BEFORE = `(installed_versions(known."installed") ->> excluded."versionType")`;
const VERSION_CHANGED = `excluded."version" <> known."version" AND excluded."version" <> ${VERSION_BEFORE}`;

/** Where rows lie in a table says nothing about when they came: a gap of an earlier batch is filled first. */
const SPREAD = `
  WITH latest AS (
    SELECT DISTINCT ON ("deviceKey") * FROM "StagedCheck"
    WHERE "deviceKey" IS NOT NULL
    ORDER BY "deviceKey", "place" DESC
  ), several AS MATERIALIZED (${SEVERAL_CHECKS}
  ), spoken AS MATERIALIZED (${SPOKEN}
  ), changed AS MATERIALIZED (${CHANGED_SERIALS}
  ), devices AS (
    INSERT INTO "Device" AS known (
      "id", "hardwareKey", "installed", "version", "versionType", "firstSeenAt", "lastSeenAt", "progress",
      "serialChanges", ${SPOKEN_COLUMNS},
      ${SHARED_COLUMNS}
    )
    SELECT
      gen_random_uuid(), "hardwareKey", "requested", "version", "versionType", "at", "at", ${FIRST_PROGRESS},
      ${FIRST_SERIAL_CHANGES}, ${NEWEST_SPOKEN},
      ${SHARED_COLUMNS}
    FROM latest
    -- Always in one order: two processes that write the same phones would otherwise wait for each other.
    ORDER BY "deviceKey"
    ON CONFLICT ("deviceKey") DO UPDATE SET
      ${REFRESHED_COLUMNS},
      "progress" = ${NEXT_PROGRESS},
      ${NEXT_SPOKEN},
      "serialChanges" = ${NEXT_SERIAL_CHANGES},
      "updatedAt" = CASE WHEN ${VERSION_CHANGED}
        THEN excluded."lastSeenAt" ELSE known."updatedAt" END,
      "previousVersion" = CASE WHEN ${VERSION_CHANGED}
        THEN ${VERSION_BEFORE} ELSE known."previousVersion" END
    -- What was kept back during an outage may be older than what another process wrote since.
    WHERE excluded."lastSeenAt" >= known."lastSeenAt"
  )
  INSERT INTO "DeviceCheck" ("at", "dialect", "requested", "refusal", "serialNumber", "userName", ${SHARED_COLUMNS})
  SELECT "at", "dialect", "requested", "refusal", "serialNumber", "userName", ${SHARED_COLUMNS} FROM "StagedCheck"
  ORDER BY "place"`;

/**
 * Writes what checks left behind: every check, and what the newest of each phone says about it. A storm of checks costs
 * no more round trips than a single one.
 */
export async function insertChecks(tx: BulkTransaction, checks: Buffer): Promise<void> {
  await tx.run(STAGE_TABLE);
  await tx.copy(COPY_TO_STAGE, checks);
  await settleStagedKeys(tx, async () => {
    await tx.run(boundArrivals());
    await tx.run(SPREAD);
  });
}

/** Makes sure that the checks of the days from one moment to another have a partition each. */
export async function ensureCheckDays(db: Db, from: Date, to: Date): Promise<void> {
  await db.$executeRaw`SELECT ensure_device_check_days(${toDay(from)}::date, ${toDay(to)}::date)`;
}

/** What the checks of each day take, newest day first. */
export async function findCheckDaySizes(db: Db): Promise<readonly CheckDaySize[]> {
  const rows = await db.$queryRaw<{ day: string; sizeBytes: bigint }[]>`
    SELECT to_char(to_date(right(child.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') AS "day",
      pg_total_relation_size(child.oid) AS "sizeBytes"
    FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = '"DeviceCheck"'::regclass AND child.relname ~ '^DeviceCheck_[0-9]{8}$'
    ORDER BY "day" DESC`;
  return rows.map(({ day, sizeBytes }) => ({ day, sizeBytes: Number(sizeBytes) }));
}

/** Forgets the checks of all days before the given one. */
export async function deleteChecksBefore(db: Db, firstKeptDay: Date): Promise<void> {
  await db.$executeRaw`SELECT drop_device_check_days_before(${toDay(firstKeptDay)}::date)`;
}

/** A day in UTC, as `YYYY-MM-DD`. */
function toDay(at: Date): string {
  return at.toISOString().slice(0, "YYYY-MM-DD".length);
}

/** What a check left behind, as it is written: PostgreSQL manual, "COPY", text format. */
export function encodeCheck(record: CheckRecord): EncodedCheck {
  let line = "";
  for (const { of } of STAGED_PARTS) {
    line += line === "" ? of(record) : `\t${of(record)}`;
  }
  return `${line}\n`;
}

/** What the text format of `COPY` gives a meaning, and what PostgreSQL cannot hold at all. */
const SPECIAL = /[\\\t\n\r\0]/;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\t", String.raw`\t`],
  ["\n", String.raw`\n`],
  ["\r", String.raw`\r`],
  ["\0", "\uFFFD"],
]);

function cell(value: string | null): string {
  if (value === null) {
    return String.raw`\N`;
  }
  return SPECIAL.test(value) ? escapeCell(value) : value;
}

/** The backslash of `CONTOSO\adamb` is what nearly every check has, so it is not looked up. */
function escapeCell(value: string): string {
  const escaped = value.replaceAll("\\", String.raw`\\`);
  return /[\t\n\r\0]/.test(escaped)
    ? escaped.replaceAll(/[\t\n\r\0]/g, (character) => ESCAPES.get(character) ?? "")
    : escaped;
}

function jsonCell<T>(items: readonly T[], toColumns: (item: T) => object): string {
  return items.length === 0 ? "[]" : cell(toStorableJson(items.map(toColumns)));
}

/** Phones of one kind share what they are, what they run, and what they were answered. */
const hardwareCells = onceForEach((hardware: CheckRecord["hardware"]) => {
  const { deviceType, brand, model, revision, locale } = hardware;
  const values = [deviceType, brand, model, revision, locale, hardwareKey(hardware)];
  return values.map(cell).join("\t");
});
const requestedCell = onceForEach((requested: CheckRecord["requested"]) =>
  jsonCell(requested, toModule),
);
const offeredCell = onceForEach((offered: CheckRecord["offered"]) => jsonCell(offered, toOffer));
const judgementsCell = onceForEach((judgements: CheckRecord["judgements"]) =>
  jsonCell(judgements, toJudgement),
);

/** A refused check says nothing reliable of any phone: it is listed under what it said, and changes no phone's row. */
function keyOf({
  macAddress,
  serialNumber,
  refusal,
  hardware: { brand },
}: CheckRecord): string | null {
  return refusal === undefined ? deviceKey({ macAddress, serialNumber, brand }) : null;
}

/** As the device's key: a refused check changes no row, and gives none a serial number. */
function serialKeyOf({ serialNumber, refusal, hardware: { brand } }: CheckRecord): string | null {
  return refusal === undefined ? serialKey({ serialNumber, brand }) : null;
}

function shownCells(shown: ShownModule | null): string {
  return `${cell(shown?.version ?? null)}\t${cell(shown?.updateType ?? null)}`;
}

function toModule({ updateType, fileName, version, timestamp }: CheckRecord["requested"][number]) {
  return { updateType, fileName, version, timestamp };
}

function toOffer({ updateType, version, channel }: CheckRecord["offered"][number]) {
  return { updateType, version, channel };
}

function toJudgement(judgement: CheckRecord["judgements"][number]) {
  const { ruleId, updateType, verdict, channel, version } = judgement;
  return { ruleId, updateType, verdict, channel, version };
}
