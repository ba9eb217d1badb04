import process from "node:process";
import pg from "pg";
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

const INSERT_CHECKS = `
  INSERT INTO "DeviceCheck" ("at", "deviceKey", "poolId", "side", "dialect", "outcome", "address", "macAddress",
    "serialNumber", "deviceType", "brand", "model", "revision", "locale", "userName", "trigger", "requested", "offered",
    "judgements")
  SELECT now() - make_interval(secs => 864000 * check_::float / $2::int), "deviceKey", pool."id", 'internal', 'json',
    CASE WHEN phone."version" = '${OLD}' THEN 'offered' ELSE 'already_installed' END, "address", "mac", "serial",
    'UCPhone', 'POLYCOM', "model", 'A', 'ENU', 'CONTOSO\\user' || number, 'timer', ${MODULES}, '[]', '[]'
  FROM generate_series(1, $2::int) check_
  JOIN (${PHONES}) phone ON phone.number = 1 + check_ % $1::int
  CROSS JOIN (SELECT "id" FROM "Pool" LIMIT 1) pool`;

/** Fills the inventory and the check log with SQL, because a million recorded checks would take minutes. */
export async function seedFleet(databaseUrl: string, options: FleetOptions): Promise<void> {
  const { phones, checks } = options;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `SELECT ensure_device_check_days((now() - interval '11 days')::date, now()::date)`,
    );
    await client.query(INSERT_PHONES, [phones]);
    await client.query(INSERT_CHECKS, [phones, checks]);
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
  process.stderr.write(`seeded ${phones} phones and ${checks} checks\n`);
}
