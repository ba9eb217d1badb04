import { beforeAll, expect, test } from "vitest";
import { Prisma } from "#generated/client";
import type { CheckFilter } from "#phones/check-log/search-params";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import { selectChecks } from "#phones/check-log/server/check-search-sql";
import { ensureCheckDays, insertChecks } from "#phones/check-log/server/record-store";
import { toCountQuery, toPageQuery } from "#phones/check-log/server/store";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { aRecord, toStaged } from "#phones/check-log/testing/records";
import { CX600 } from "#firmware/rules/testing/rules";
import { PAGE_SIZE } from "#foundation/core/paging";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

const POOL_ID = "00000000-0000-4000-8000-000000000001";
const FIRST_DAY = new Date("2026-11-20T00:00:00Z");
const LAST_DAY = new Date("2026-11-22T00:00:00Z");
const PHONES = 4_000;
/** Checks of one phone. */
const CHECKS = 10;
const BATCH = 4_000;
const DAYS_MS = LAST_DAY.getTime() + 24 * 3_600_000 - FIRST_DAY.getTime();
const MAX_CHECK_BYTES = 200;

testEnvironment({
  MAX_NEW_PHONES_PER_HOUR: "1000000",
  MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: "1000000",
});

/** An ordinary fleet of twenty kinds, in which one check in 500 is of a rare kind, from outside, in XML or manual. */
function aCheck(number: number): RecordOptions {
  const phone = number % PHONES;
  const isRare = phone % 500 === 0;
  return {
    at: new Date(FIRST_DAY.getTime() + (number * DAYS_MS) / (PHONES * CHECKS)),
    poolId: isRare ? POOL_ID : null,
    outcome: isRare ? "content_unusable" : "no_rule",
    hardware: { ...CX600, model: isRare ? "CX9" : `CX${10 + (phone % 19)}` },
    judgements: isRare
      ? [
          {
            ruleId: "rule",
            updateType: "CPE",
            verdict: "content_unusable",
            channel: null,
            version: null,
          },
        ]
      : [],
    side: isRare ? "external" : "internal",
    dialect: isRare ? "lync" : "json",
    trigger: isRare ? "manual" : "timer",
    address: `10.0.${phone >> 8}.${phone & 255}`,
    macAddress: `0004F2${phone.toString(16).toUpperCase().padStart(6, "0")}`,
    serialNumber: `S${String(phone).padStart(8, "0")}`,
    userName: `CONTOSO\\user${phone}`,
  };
}

beforeAll(async () => {
  await ensureCheckDays(db, new Date("2026-10-01T00:00:00Z"), new Date("2026-12-22T00:00:00Z"));
  await bulkConnection().inTransaction((tx) =>
    insertChecks(tx, toStaged(Array.from({ length: 20000 }, (_, i) => aRecord(aCheck(i * 7 + 3))))),
  );
  await emptyTables();
  // Sizes are measured: neither days nor free space of the test files before may count.
  await db.$executeRaw`SELECT drop_device_check_days_before('2100-01-01')`;
  await db.$executeRaw`VACUUM FULL "CheckSender", "Verdict"`;
  await ensureCheckDays(db, FIRST_DAY, LAST_DAY);
  const kinds = new Map<string, ReturnType<typeof aRecord>["kind"]>();
  const connection = bulkConnection();
  for (let from = 0; from < PHONES * CHECKS; from += BATCH) {
    const records = Array.from({ length: BATCH }, (_, index) => {
      const record = aRecord(aCheck(from + index));
      const kind = kinds.get(record.kind.hardware.model) ?? record.kind;
      kinds.set(kind.hardware.model, kind);
      return { ...record, kind };
    });
    await connection.inTransaction((tx) => insertChecks(tx, toStaged(records)));
  }
  await connection.close();
  await db.$executeRaw`INSERT INTO "Site" ("id", "name", "nameKey") VALUES (${POOL_ID}::uuid, 'site', 'site')`;
  await db.$executeRaw`
    INSERT INTO "Pool" ("id", "fqdn", "siteId", "internalBaseUrl", "externalBaseUrl")
    VALUES (${POOL_ID}::uuid, 'pool01.contoso.com', ${POOL_ID}::uuid, '', '')`;
  await db.$executeRaw`VACUUM ANALYZE "StoredCheck", "CheckSender", "Verdict", "PhoneKind"`;
});

type Window = Partial<Parameters<typeof toPageQuery>[1]>;

async function explain(query: Prisma.Sql): Promise<string> {
  const rows = await db.$queryRaw<{ "QUERY PLAN": string }[]>(Prisma.sql`EXPLAIN ${query}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

async function planOfPage(filter: Partial<CheckFilter>, window: Window = {}): Promise<string> {
  const selection = await selectChecks(db, { ...EVERY_CHECK, ...filter });
  return explain(toPageQuery(selection, { order: "desc", skip: 0, take: PAGE_SIZE, ...window }));
}

async function planOfCount(filter: Partial<CheckFilter>): Promise<string> {
  return explain(toCountQuery(await selectChecks(db, { ...EVERY_CHECK, ...filter })));
}

/** Not the default partition, which is empty. */
const EVERY_ROW = /Seq Scan on "StoredCheck_\d/;
const IN_ORDER = /Index (Only )?Scan (Backward )?using "StoredCheck_\d+_pkey"/;

test("a check of an ordinary fleet takes at most 200 bytes with its indexes", async () => {
  // The list of pending entries takes up to 4 MB, even with few senders.
  await db.$executeRaw`REINDEX INDEX "CheckSender_search_text_idx"`;

  const [row] = await db.$queryRaw<[{ bytes: number }]>`
    SELECT sum(pg_total_relation_size(child.oid))::float8 / ${PHONES * CHECKS} AS "bytes"
    FROM pg_class child WHERE child.relname ~ '^(StoredCheck_[0-9]{8}|CheckSender|Verdict)$'`;

  expect(row.bytes).toBeGreaterThan(0);
  expect(row.bytes).toBeLessThanOrEqual(MAX_CHECK_BYTES);
});

test.each([
  ["the first page", {}, {}],
  ["a page far behind", {}, { skip: 9_950 }],
  ["the oldest first", {}, { order: "asc" }],
  ["a frequent outcome", { outcome: ["no_rule"] }, {}],
  ["a frequent side, dialect and trigger", { side: ["internal"], dialect: ["json"] }, {}],
  ["a text that all senders have", { q: "contoso" }, {}],
  ["a text of two characters", { q: "77" }, {}],
] as const)("%s reads checks in order", async (_title, filter, window) => {
  const plan = await planOfPage(filter, window);

  expect(plan).toMatch(IN_ORDER);
  expect(plan).not.toMatch(EVERY_ROW);
});

test.each([
  ["an outcome", { outcome: ["content_unusable"] }, "verdictId"],
  ["a model", { model: ["cx9"] }, "verdictId"],
  ["a pool", { pool: ["pool01.contoso.com"] }, "verdictId"],
  ["a verdict", { verdict: ["content_unusable"] }, "verdictId"],
  ["a model that none has", { model: ["none"] }, "verdictId"],
  ["a side", { side: ["external"] }, "side_dialect_trigger"],
  ["a dialect", { dialect: ["lync"] }, "side_dialect_trigger"],
  ["a trigger", { trigger: ["manual"] }, "side_dialect_trigger"],
  ["a MAC address", { q: "00:04:F2:00:01:02" }, "senderId"],
  ["part of a serial number", { q: "S0000123" }, "senderId"],
  ["part of a user", { q: "user1234" }, "senderId"],
] as const)("%s that is rare uses its index", async (_title, filter, index) => {
  for (const plan of [await planOfPage(filter), await planOfCount(filter)]) {
    expect(plan).toMatch(new RegExp(`"StoredCheck_\\d+_${index}_idx"`));
    expect(plan).not.toMatch(EVERY_ROW);
  }
});

test("a text that none has reads no check", async () => {
  expect(await planOfPage({ q: "nowhere" })).toContain("rows=0");
  expect(await planOfCount({ q: "nowhere" })).not.toContain("StoredCheck");
});

test("a period reads only its days", async () => {
  const plan = await planOfCount({ q: "contoso", from: "2026-11-21", to: "2026-11-21" });

  expect(plan).toContain('"StoredCheck_20261121"');
  expect(plan).not.toContain('"StoredCheck_20261120"');
  expect(plan).not.toContain('"StoredCheck_20261122"');
});
