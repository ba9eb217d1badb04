import process from "node:process";
import pg from "pg";
import { assignMissingKinds } from "#fleet/devices/server/keep-kinds";
import { APPROVED, OLD, PENDING } from "./seed.ts";

export type FleetOptions = { readonly phones: number; readonly checks: number };

const MODULES = `jsonb_build_array(
  jsonb_build_object('updateType', 'CPE', 'fileName', 'CPE.nbt', 'version', phone."version", 'timestamp', null))`;

/** Twenty kinds: five models, of which CX600 is half of the fleet, with four versions. */
const PHONES = `
  SELECT
    number, 'mac:' || lower("mac") AS "deviceKey", "mac", 'S' || lpad(number::text, 8, '0') AS "serial",
    (ARRAY['CX600', 'CX600', 'CX600', 'CX600', 'CX600', 'CX1001', 'CX1002', 'CX1003', 'CX1004', 'CX1005'])
      [1 + number % 10] AS "model",
    (ARRAY['${OLD}', '${APPROVED}', '${APPROVED}', '${PENDING}', '4.0.7577.4000'])[1 + number / 10 % 5] AS "version",
    '10.' || number / 65536 || '.' || number / 256 % 256 || '.' || number % 256 AS "address"
  FROM (SELECT number, '0004F2' || lpad(upper(to_hex(number)), 6, '0') AS "mac" FROM generate_series(1, $1::int) number) numbered`;

const INSERT_PHONES = `
  INSERT INTO "Device" ("id", "deviceKey", "macAddress", "serialNumber", "serialKey", "deviceType", "brand", "model",
    "revision", "locale", "hardwareKey", "poolId", "address", "side", "userName", "installed", "version", "versionType",
    "offered", "judgements", "outcome", "trigger", "firstSeenAt", "lastSeenAt", "progress")
  SELECT gen_random_uuid(), "deviceKey", "mac", "serial", 'serial:polycom/' || lower("serial"), 'UCPhone', 'POLYCOM',
    "model", 'A', 'ENU', lower('UCPhone/POLYCOM/' || "model" || '/A/ENU'), pool."id", "address", 'internal',
    'CONTOSO\\user' || number, ${MODULES}, "version", 'cpe', '[]', jsonb_build_array(jsonb_build_object(
      'ruleId', gen_random_uuid(), 'updateType', 'CPE', 'verdict', 'already_installed', 'channel', 'approved',
      'version', '${APPROVED}')),
    'already_installed', 'timer', now() - interval '30 days',
    now() - make_interval(secs => abs(hashint4(number)) % 86400),
    CASE WHEN number % 5 = 0 THEN jsonb_build_object('cpe', jsonb_build_object(
      'updateType', 'CPE', 'version', '${APPROVED}', 'fromVersion', '${OLD}',
      'offeredAt', extract(epoch FROM now() - interval '2 days')::bigint * 1000,
      'downloadedAt', extract(epoch FROM now() - interval '1 day')::bigint * 1000
    ) || CASE WHEN number % 10 = 0 THEN '{}' ELSE jsonb_build_object(
      'runningAt', extract(epoch FROM now() - interval '1 day')::bigint * 1000) END) ELSE '{}' END
  FROM (${PHONES}) phone CROSS JOIN (SELECT "id" FROM "Pool" LIMIT 1) pool
  ORDER BY hashint4(number)`;

const DIGEST = `sender_digest("deviceKey", "macAddress", "serialNumber", "address", "userName")`;

const INSERT_SENDERS = `
  INSERT INTO "CheckSender" ("digest", "deviceKey", "macAddress", "serialNumber", "address", "userName")
  SELECT ${DIGEST}, "deviceKey", "macAddress", "serialNumber", "address", "userName" FROM "Device"`;

const INSERT_VERDICTS = `
  INSERT INTO "Verdict" ("digest", "kindId", "poolId", "outcome", "offered", "judgements")
  SELECT verdict_digest("id", "poolId", "outcome", '[]', '[]'), "id", "poolId", "outcome", '[]', '[]'
  FROM (
    SELECT kind."id", pool."id" AS "poolId",
      CASE WHEN "version" = '${OLD}' THEN 'offered' ELSE 'already_installed' END AS "outcome"
    FROM "PhoneKind" kind CROSS JOIN (SELECT "id" FROM "Pool" LIMIT 1) pool
  ) answer`;

const INSERT_CHECKS = `
  INSERT INTO "StoredCheck" ("at", "senderId", "verdictId", "side", "dialect", "trigger")
  SELECT now() - make_interval(secs => 864000 - 864000 * number::float / $1::int), sender."id", verdict."id", 1, 1, 3
  FROM generate_series(1, $1::int) number
  JOIN (
    SELECT *, row_number() OVER (ORDER BY "id") - 1 AS "row" FROM "Device"
  ) device ON device."row" = number % (SELECT count(*) FROM "Device")
  JOIN "CheckSender" sender ON sender."deviceKey" = device."deviceKey"
  JOIN "Verdict" verdict ON verdict."kindId" = device."kindId"
  ORDER BY number`;

/**
 * Fills the inventory and the check log with SQL, because a million recorded checks would take minutes. Returns the
 * bytes of a check with its indexes and its share of the dictionaries.
 */
export async function seedFleet(databaseUrl: string, options: FleetOptions): Promise<number> {
  const { phones, checks } = options;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `SELECT ensure_device_check_days((now() - interval '11 days')::date, now()::date)`,
    );
    await client.query(INSERT_PHONES, [phones]);
    await client.query(`ANALYZE "Device"`);
    await assignMissingKinds();
    await client.query(INSERT_SENDERS);
    await client.query(INSERT_VERDICTS);
    await client.query(INSERT_CHECKS, [checks]);
    await client.query("VACUUM ANALYZE");
    const { rows } = await client.query<{ bytes: number }>(`
      SELECT sum(pg_total_relation_size(oid))::float8 AS "bytes" FROM pg_class
      WHERE relname ~ '^(StoredCheck_[0-9]{8}|CheckSender|Verdict)$'`);
    process.stderr.write(`seeded ${phones} phones and ${checks} checks\n`);
    return (rows[0]?.bytes ?? 0) / checks;
  } finally {
    await client.end();
  }
}
