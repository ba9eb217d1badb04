import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckSearch } from "#phones/check-log/search-params";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import { everyCheck, listChecks, listChecksOfDevice } from "#phones/check-log/server/list-checks";
import { moveEarlierChecks } from "#phones/check-log/server/move-earlier-checks";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { databaseUrl, setDatabaseUrl } from "#foundation/platform/db/database-url";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { migrationsDirectory } from "#foundation/platform/db/migrations-directory";

const NAME = "move_checks_test";
const MIGRATION = "20261128190000_verdicts";
const POOL_ID = "01a222b9-b8c6-7410-8ac9-20ffbf62fc30";
const DEVICE_ID = "01a222b9-b8c6-7410-8ac9-20ffbf62fc31";

let admin: pg.Client;
let client: pg.Client;
let url: string;
let directory: string;

beforeAll(async () => {
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
  setDatabaseUrl(url);
});

afterAll(async () => {
  await client.end();
  await db.$disconnect();
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
  insert into "Site" ("id", "name", "nameKey") values ('${POOL_ID}', 'site', 'site');
  insert into "Pool" ("id", "fqdn", "siteId", "internalBaseUrl", "externalBaseUrl")
  values ('${POOL_ID}', 'pool01.contoso.com', '${POOL_ID}', '', '');
  insert into "Device" ("id", "deviceKey", "deviceType", "brand", "model", "revision", "locale", "hardwareKey", "address",
    "side", "installed", "offered", "judgements", "outcome", "trigger", "firstSeenAt", "lastSeenAt")
  values ('${DEVICE_ID}', 'mac:0004f2000176', 'UCPhone', 'POLYCOM', 'CX600', 'A', 'ENU', 'key', '10.0.0.7', 'internal',
    '[]', '[]', '[]', 'offered', 'boot', now(), now());
  insert into "PhoneKind" ("digest", "deviceType", "brand", "model", "revision", "locale", "hardwareKey", "installed")
  values ('\\x01', 'UCPhone', 'POLYCOM', 'CX600', 'A', 'ENU', 'key', '${MODULES}');
  insert into "DeviceCheck" ("at", "deviceKey", "poolId", "side", "dialect", "outcome", "address", "macAddress",
    "serialNumber", "deviceType", "brand", "model", "revision", "locale", "userName", "trigger", "requested", "offered",
    "judgements", "refusal")
  select "at"::timestamptz, "deviceKey", '${POOL_ID}', "side", "dialect", "outcome",
    '10.0.0.7', "mac", "serial", 'UCPhone', 'POLYCOM', "model", 'A', 'ENU', "userName", "trigger", '${MODULES}',
    '${OFFERED}', '[{"ruleId": "r", "updateType": "CPE", "verdict": "offered", "channel": "approved", "version": "5.0"}]', "refusal"
  from (values
    ('2026-03-01T08:00:00Z', 'mac:0004f2000176', 'internal', 'json', 'offered', '0004F2000176', 'S1', 'CX600', 'C\\u', 'boot', null),
    ('2026-03-02T08:00:00Z', 'mac:0004f2000176', 'internal', 'json', 'offered', '0004F2000176', 'S1', 'CX600', 'C\\u', '', null),
    ('2026-03-02T09:00:00Z', 'mac:0004f2000177', 'external', 'lync', 'offered', '0004F2000177', null, 'CX700', null, 'manual', null),
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

const SEARCHES: readonly Partial<CheckSearch>[] = [
  {},
  { order: "asc" },
  { q: "S1" },
  { q: "c\\u" },
  { q: "00:04:F2:00:01:77" },
  { q: "nowhere" },
  { model: ["cx600"] },
  { model: ["CX700"], outcome: ["offered"] },
  { outcome: ["forbidden"] },
  { pool: ["POOL01.contoso.com"] },
  { verdict: ["offered"] },
  { verdict: ["other_hardware"] },
  { side: ["external"] },
  { dialect: ["lync"], trigger: ["manual"] },
  { from: "2026-03-02" },
  { to: "2026-03-01" },
];

/** What each list shows. */
async function lists(): Promise<readonly unknown[]> {
  const context = aContext();
  const found: unknown[] = [
    await listChecksOfDevice(context, { deviceId: DEVICE_ID, before: null, take: 50 }),
  ];
  for (const search of SEARCHES) {
    found.push(await listChecks(context, { ...EVERY_CHECK, ...search }));
  }
  for await (const batch of everyCheck(context, EVERY_CHECK)) {
    found.push(batch);
  }
  return found;
}

test("checks of an earlier version are listed the same before, while and after they move", async () => {
  await client.query(CHECKS);
  const before = await checks();
  expect(before).toHaveLength(4);

  expect(await migrateDatabase(url)).toContain(MIGRATION);

  expect(await checks()).toEqual(before);
  const listed = await lists();
  expect(listed).toMatchObject([
    { length: 2 },
    ...[4, 4, 2, 2, 1, 0, 3, 1, 1, 4, 4, 0, 2, 1, 2, 2].map((total) => ({ total })),
    { length: 4 },
  ]);

  const stopping = new AbortController();
  stopping.abort();
  await moveEarlierChecks(stopping.signal, { batchChecks: 2 });
  expect(await db.storedCheck.count()).toBe(2);
  expect(await lists()).toEqual(listed);

  await moveEarlierChecks(new AbortController().signal, { batchChecks: 3 });
  expect(await lists()).toEqual(listed);
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
  const left = await client.query(`
    select inhrelid::regclass::text as "day" from pg_inherits where inhparent = '"EarlierCheck"'::regclass`);
  expect(left.rows).toEqual([{ day: '"DeviceCheck_default"' }]);
  const next = await client.query(`select nextval('"StoredCheck_id_seq"')::int as "id"`);
  expect(next.rows).toEqual([{ id: 6 }]);
});
