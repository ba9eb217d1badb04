import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { migrationsDirectory } from "#foundation/platform/db/migrations-directory";

const NAME = "move_checks_test";
const MIGRATION = "20261128190000_verdicts";

let admin: pg.Client;
let client: pg.Client;
let url: string;
let directory: string;

beforeEach(async () => {
  admin = new pg.Client({ connectionString: databaseUrl() });
  await admin.connect();
  await admin.query(`create database ${NAME}`);
  url = databaseUrl().replace(/\/[^/]*$/, `/${NAME}`);
  directory = await mkdtemp(join(tmpdir(), "ucupdates-migrations-"));
  const isEarlier = (path: string) => !(basename(path) >= MIGRATION && basename(path) < "9");
  await cp(migrationsDirectory(), directory, { recursive: true, filter: isEarlier });
  await migrateDatabase(url, { directory });
  client = new pg.Client({ connectionString: url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await admin.query(`drop database ${NAME} with (force)`);
  await admin.end();
  await rm(directory, { recursive: true });
});

const MODULES =
  '[{"updateType": "CPE", "fileName": "CPE.nbt", "version": "4.0", "timestamp": null}]';
const OFFERED = '[{"updateType": "CPE", "version": "5.0", "channel": "approved"}]';

/** Two checks with the same answer, one of an unknown kind, and a refused one, on two days and on none. */
const CHECKS = `
  select ensure_device_check_days('2026-03-01', '2026-03-02');
  insert into "PhoneKind" ("digest", "deviceType", "brand", "model", "revision", "locale", "hardwareKey", "installed")
  values ('\\x01', 'UCPhone', 'POLYCOM', 'CX600', 'A', 'ENU', 'key', '${MODULES}');
  insert into "DeviceCheck" ("at", "deviceKey", "poolId", "side", "dialect", "outcome", "address", "macAddress",
    "serialNumber", "deviceType", "brand", "model", "revision", "locale", "userName", "trigger", "requested", "offered",
    "judgements", "refusal")
  select "at"::timestamptz, "deviceKey", '01a222b9-b8c6-7410-8ac9-20ffbf62fc30', "side", "dialect", "outcome",
    '10.0.0.7', "mac", "serial", 'UCPhone', 'POLYCOM', "model", 'A', 'ENU', "userName", "trigger", '${MODULES}',
    '${OFFERED}', '[]', "refusal"
  from (values
    ('2026-03-01T08:00:00Z', 'mac:0a', 'internal', 'json', 'offered', '0A', 'S1', 'CX600', 'C\\u', 'boot', null),
    ('2026-03-02T08:00:00Z', 'mac:0a', 'internal', 'json', 'offered', '0A', 'S1', 'CX600', 'C\\u', '', null),
    ('2026-03-02T09:00:00Z', 'mac:0b', 'external', 'lync', 'offered', '0B', null, 'CX700', null, 'manual', null),
    ('1999-01-01T09:00:00Z', null, 'external', 'lync', 'forbidden', null, null, 'CX600', null, 'readiness', 'No.')
  ) said ("at", "deviceKey", "side", "dialect", "outcome", "mac", "serial", "model", "userName", "trigger", "refusal")`;

const COLUMNS = `"id", "at", "deviceKey", "poolId", "side", "dialect", "outcome", "address", "macAddress", "serialNumber",
  "deviceType", "brand", "model", "revision", "locale", "userName", "trigger", "requested", "offered", "judgements",
  "refusal"`;

async function checks(): Promise<readonly unknown[]> {
  return (
    await client.query<Record<string, unknown>>(
      `select ${COLUMNS} from "DeviceCheck" order by "id"`,
    )
  ).rows;
}

test("the checks on record move to the dictionaries, and readers see them as before", async () => {
  await client.query(CHECKS);
  const before = await checks();
  expect(before).toHaveLength(4);

  expect(await migrateDatabase(url)).toContain(MIGRATION);

  expect(await checks()).toEqual(before);
  const { rows } = await client.query(`
    select tableoid::regclass::text as "day", "verdictId", "content" is null as "isShared"
    from "StoredCheck" order by "id"`);
  expect(rows).toEqual([
    { day: '"StoredCheck_20260301"', verdictId: 1, isShared: true },
    { day: '"StoredCheck_20260302"', verdictId: 1, isShared: true },
    { day: '"StoredCheck_20260302"', verdictId: null, isShared: false },
    { day: '"StoredCheck_default"', verdictId: null, isShared: false },
  ]);
  const next = await client.query(`select nextval('"StoredCheck_id_seq"')::int as "id"`);
  expect(next.rows).toEqual([{ id: 6 }]);
});
