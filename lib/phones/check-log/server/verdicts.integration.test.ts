import { beforeEach, expect, test } from "vitest";
import type { CheckEntry } from "#phones/check-log/check-row";
import type { CheckSearch } from "#phones/check-log/search-params";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { collectDictionaries } from "#phones/check-log/server/collect-dictionaries";
import {
  dropOldCheckPartitions,
  dropSurplusCheckPartitions,
} from "#phones/check-log/server/keep-check-days";
import { moveEarlierChecks } from "#phones/check-log/server/move-earlier-checks";
import { listChecks } from "#phones/check-log/server/list-checks";
import { ensureCheckDays } from "#phones/check-log/server/record-store";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { DIALECTS, RECORDED_TRIGGERS, SIDES } from "#fleet/devices/model";
import { CX600, aPool } from "#firmware/rules/testing/rules";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

/** `NEW_KINDS_PER_HOUR` of one address inside the firewall. */
const MAX_NEW_KINDS = 200;
const JUDGED = {
  outcome: "offered",
  offered: [{ updateType: "CPE", version: "5.0.0.0", channel: "approved" }],
  judgements: [
    { ruleId: "r", updateType: "CPE", verdict: "offered", channel: "approved", version: "5.0.0.0" },
  ],
} as const satisfies RecordOptions;

testEnvironment({});

beforeEach(async () => {
  await emptyTables();
});

async function record(...checks: readonly RecordOptions[]): Promise<void> {
  await storeChecks(checks.map((check) => aRecord(check)));
}

async function find(search: Partial<CheckSearch>): Promise<readonly CheckEntry[]> {
  return (await listChecks(aContext(), { ...EVERY_CHECK, ...search })).checks;
}

async function serials(search: Partial<CheckSearch>): Promise<readonly (string | null)[]> {
  return (await find(search)).map(({ serialNumber }) => serialNumber).toSorted();
}

test("checks with the same answer share a verdict, and checks of the same sender a sender", async () => {
  const pool = await aPool();
  const same = { ...JUDGED, poolId: pool.id };
  await record({ ...same, serialNumber: "A" }, { ...same, serialNumber: "B" });
  await record({ ...same, serialNumber: "A" }, { serialNumber: "A" });

  expect(await db.verdict.count()).toBe(2);
  expect(await db.checkSender.count()).toBe(2);
  const stored = await db.storedCheck.findMany({ orderBy: { id: "asc" } });
  expect(stored.map(({ content }) => content)).toEqual([null, null, null, null]);
  expect(new Set(stored.map(({ verdictId }) => verdictId)).size).toBe(2);
});

test("a check is listed as it was, with a verdict or with its own content", async () => {
  const pool = await aPool();
  const said = {
    ...JUDGED,
    poolId: pool.id,
    macAddress: "0004F2000176",
    userName: "CONTOSO\\adamb",
  };
  await record({ ...said, serialNumber: "A" });
  await record({ ...said, serialNumber: "A", refusal: "No." });

  const [refused, answered] = await find({ order: "desc" });
  expect(answered).toMatchObject({
    ...JUDGED,
    poolFqdn: pool.fqdn,
    hardware: CX600,
    macAddress: "0004F2000176",
    userName: "CONTOSO\\adamb",
    requested: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.0.0", timestamp: null }],
    refusal: null,
  });
  expect(answered?.deviceId).not.toBeNull();
  expect({ ...refused, id: answered?.id, deviceId: answered?.deviceId, refusal: null }).toEqual(
    answered,
  );
  expect(refused).toMatchObject({ refusal: "No.", deviceId: null });
  expect(await db.verdict.count()).toBe(1);
});

test("every side, dialect and trigger is read as it was recorded", async () => {
  const all = SIDES.flatMap((side) =>
    DIALECTS.flatMap((dialect) =>
      [...RECORDED_TRIGGERS, null].map((trigger) => ({ side, dialect, trigger })),
    ),
  );
  await record(...all);

  const found = await find({ order: "asc" });
  expect(found.map(({ side, dialect, trigger }) => ({ side, dialect, trigger }))).toEqual(all);
});

test("phones that invent models do not fill the dictionary, and their checks are found", async () => {
  const pool = await aPool();
  const invented = Array.from({ length: MAX_NEW_KINDS + 50 }, (_, index) => ({
    ...JUDGED,
    poolId: pool.id,
    serialNumber: `S${String(index).padStart(4, "0")}`,
    hardware: { ...CX600, model: `M${index}` },
  }));
  await record(...invented);

  expect(await db.verdict.count()).toBe(MAX_NEW_KINDS);
  expect(await serials({ model: ["m0", "m249"] })).toEqual(["S0000", "S0249"]);
  const filters = [
    { outcome: ["offered"] },
    { verdict: ["offered"] },
    { pool: [pool.fqdn] },
  ] as const;
  for (const filter of filters) {
    const { total } = await listChecks(aContext(), { ...EVERY_CHECK, ...filter });
    expect(total).toBe(invented.length);
  }
  expect(await serials({ outcome: ["no_rule"] })).toEqual([]);
});

test("a search finds a check by what it stated, also if its phone states something else since", async () => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 22, 8, minute));
  await record({ serialNumber: "A", at: at(0), address: "10.0.0.7" });
  await record({ serialNumber: "A", at: at(1), address: "10.0.0.8" });

  expect((await find({ q: "0.0.7" })).map((check) => check.at)).toEqual([at(0)]);
  expect((await find({ q: "0.0.8" })).map((check) => check.at)).toEqual([at(1)]);
});

test("senders count for the quota of the check log", async () => {
  const now = new Date("2026-03-03T08:00:00Z");
  await ensureCheckDays(db, new Date("2026-03-01T08:00:00Z"), now);
  await record({ at: new Date("2026-03-01T08:00:00Z") });
  const quotaBytes = 2 ** 30;
  expect(await dropSurplusCheckPartitions(now, quotaBytes)).toBe(0);

  await db.$executeRaw`UPDATE pg_class SET reltuples = 10000000 WHERE oid = '"CheckSender"'::regclass`;

  expect(await dropSurplusCheckPartitions(now, quotaBytes)).toBe(2);
  expect(await serials({})).toEqual([]);
});

test("verdicts and senders of dropped days are deleted, and those of later checks stay", async () => {
  const day = (text: string): Date => new Date(`${text}T08:00:00Z`);
  await ensureCheckDays(db, day("2026-03-01"), day("2026-03-02"));
  await record({ ...JUDGED, serialNumber: "A", at: day("2026-03-01") });
  await record({ serialNumber: "A", at: day("2026-03-01") });
  await record({ serialNumber: "B", at: day("2026-03-02") });

  expect(await dropOldCheckPartitions(day("2026-03-03"), 1)).toBe(1);
  await collectDictionaries();

  expect(await db.verdict.findMany({ select: { outcome: true } })).toEqual([
    { outcome: "no_rule" },
  ]);
  expect(await db.checkSender.findMany({ select: { serialNumber: true } })).toEqual([
    { serialNumber: "B" },
  ]);
  expect(await serials({})).toEqual(["B"]);
});

test("a check that the previous version records beside this one is listed, follows its phone, and moves", async () => {
  await db.$executeRaw`
    INSERT INTO "DeviceCheck" ("at", "deviceKey", "side", "dialect", "outcome", "address", "serialNumber", "deviceType",
      "brand", "model", "revision", "locale", "trigger", "requested", "offered", "judgements")
    VALUES (${new Date("2026-03-01T08:00:00Z")}, 'serial:polycom/a', 'internal', 'json', 'no_rule', '10.0.0.7', 'A', 'UCPhone', 'POLYCOM',
      'CX600', 'A', 'ENU', 'timer', '[]', '[]', '[]')`;
  await record({ serialNumber: "A" });
  await record({ serialNumber: "A", macAddress: "0004F2000176" });
  expect(await serials({})).toEqual(["A", "A", "A"]);
  expect(await serials({ q: "00:04:f2:00:01:76" })).toEqual(["A", "A", "A"]);

  // As the previous version does when a phone takes over the checks of another row.
  await db.$executeRaw`UPDATE "DeviceCheck" SET "deviceKey" = 'mac:0004f2000177' WHERE "serialNumber" = 'A'`;
  expect(await serials({ q: "00:04:f2:00:01:77" })).toEqual(["A", "A", "A"]);

  await moveEarlierChecks(new AbortController().signal);
  expect(await db.earlierCheck.count()).toBe(0);
  expect(await serials({ q: "00:04:f2:00:01:77" })).toEqual(["A", "A", "A"]);
});
