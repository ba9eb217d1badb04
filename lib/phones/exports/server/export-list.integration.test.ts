import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { readCsvRecords } from "#foundation/core/csv";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { aPendingRule, aPool, act } from "#firmware/rules/testing/rules";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { EXPORT_LISTS } from "#phones/exports/model";
import { answerExport, wantedExport } from "#phones/exports/server/answer-export";
import type { ExportRequest } from "#phones/exports/server/export-list";
import { exportList } from "#phones/exports/server/export-list";

/** More than two batches. */
const PHONES = 2_100;
/** At once on an idle machine. */
const SOON = { timeout: 10_000 };

const records = z.array(z.record(z.string(), z.unknown()));

beforeEach(async () => {
  await emptyTables();
});

async function exported(request: Partial<ExportRequest>): Promise<string> {
  const rows = await exportList(aContext(), {
    list: "devices",
    format: "csv",
    query: {},
    ...request,
  });
  return new Response(rows).text();
}

async function exportedRows(request: Partial<ExportRequest>) {
  return records.parse(JSON.parse(await exported({ ...request, format: "json" })));
}

async function aFleet(): Promise<void> {
  await storeChecks(
    Array.from({ length: PHONES }, (_, index) => {
      const number = String(index).padStart(4, "0");
      return aRecord({ macAddress: `0004F200${number}`, serialNumber: `S${number}` });
    }),
  );
}

test("exports phones with the columns of the IP Phone Inventory report", async () => {
  await storeChecks([
    aRecord({
      macAddress: "0004F2000176",
      serialNumber: "=1+1",
      userName: "CONTOSO\\adamb",
      trigger: "signin",
      at: new Date("2026-11-22T07:00:00Z"),
    }),
  ]);
  await storeChecks([
    aRecord({
      macAddress: "0004F2000176",
      serialNumber: "=1+1",
      userName: "CONTOSO\\adamb",
      trigger: "timer",
      at: new Date("2026-11-22T08:00:00Z"),
    }),
  ]);

  const csv = await exported({});

  const [header = [], row = []] = readCsvRecords(csv);
  const cells = Object.fromEntries(header.map((name, index) => [name, row[index]]));
  expect(header.slice(0, 8)).toEqual([
    "Manufacturer",
    "Hardware version",
    "MAC address",
    "User URI",
    "User agent",
    "Last logon time",
    "Last logoff time",
    "Last activity",
  ]);
  expect(cells).toMatchObject({
    Manufacturer: "POLYCOM",
    "Hardware version": "CX600",
    "MAC address": "00-04-F2-00-01-76",
    "User URI": "CONTOSO\\adamb",
    "User agent": "CPE/4.0.0.0",
    "Last logon time": "2026-11-22T07:00:00.000Z",
    "Last logoff time": "",
    "Last activity": "2026-11-22T08:00:00.000Z",
    state: "unknown",
  });
  expect(csv).toContain(",'=1+1,");
});

test("exports every phone once, in the order of the list, and only those that match", async () => {
  await aFleet();

  const rows = await exportedRows({ query: { sort: "serialNumber", order: "desc" } });
  const some = await exportedRows({ query: { q: "S001", sort: "serialNumber", order: "asc" } });

  expect(rows).toHaveLength(PHONES);
  expect(rows[0]).toMatchObject({ serialNumber: "S2099" });
  expect(rows.at(-1)).toMatchObject({ serialNumber: "S0000" });
  expect(some.map(({ serialNumber }) => serialNumber)).toEqual(
    Array.from({ length: 10 }, (_, index) => `S001${index}`),
  );
});

test("exports named phones only, with the columns and in the order of the whole list", async () => {
  await aFleet();
  const all = await exportedRows({ query: { sort: "serialNumber", order: "asc" } });
  const id = [all[7]?.id, all[3]?.id].map(String).join(",");

  const some = await exportedRows({ query: { id, sort: "serialNumber", order: "asc" } });

  expect(some).toEqual([all[3], all[7]]);
  expect(await exportedRows({ query: { id, q: "S0003" } })).toEqual([all[3]]);
  for (const refused of ["", "nothing"]) {
    await expect(exported({ query: { id: refused } })).rejects.toMatchObject({
      code: "invalid_input",
    });
  }
});

test("is a snapshot: changes after its beginning neither appear nor remove rows", async () => {
  await aFleet();
  const rows = await exportList(aContext(), {
    list: "devices",
    format: "json",
    query: { sort: "serialNumber", order: "asc" },
  });
  const reader = rows.getReader();
  const first = await reader.read();

  await db.device.deleteMany({ where: { serialNumber: { gte: "S0500" } } });
  await storeChecks([aRecord({ macAddress: "0004F2FFFFFF", serialNumber: "T" })]);

  const chunks = [first.value];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
  }
  const text = Buffer.concat(chunks.filter((chunk) => chunk !== undefined)).toString();
  expect(records.parse(JSON.parse(text))).toHaveLength(PHONES);
});

test("ends its transaction when the reader goes away, and gives its place to the next export", async () => {
  await aFleet();
  const begun = await Promise.all(
    Array.from({ length: 3 }, () =>
      exportList(aContext(), { list: "devices", format: "csv", query: {} }),
    ),
  );
  await expect(exported({})).rejects.toMatchObject({ code: "rate_limited" });

  await Promise.all(begun.map((rows) => rows.cancel()));

  await expect
    .poll(async () => {
      const [row] = await db.$queryRaw<[{ open: bigint }]>`
        SELECT count(*) AS "open" FROM pg_stat_activity
        WHERE "datname" = current_database() AND "state" LIKE 'idle in transaction%'`;
      return Number(row.open);
    }, SOON)
    .toBe(0);
  await expect
    .poll(() => exported({ query: { q: "S0001" } }).catch(() => ""), SOON)
    .toContain("S0001");
});

test("refuses an unknown filter, a page and a role without the permission before the first byte", async () => {
  await expect(exported({ query: { modle: "CX600" } })).rejects.toMatchObject({
    code: "invalid_input",
    fields: [{ path: "query" }],
  });
  await expect(exported({ query: { page: "2" } })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(exported({ query: { pool: "gone.contoso.com" } })).rejects.toMatchObject({
    reason: { code: "unknown_pool" },
  });
  await expect(
    exportList(aContext({ role: "viewer" }), { list: "captures", format: "csv", query: {} }),
  ).rejects.toMatchObject({ code: "forbidden" });
});

test.each(EXPORT_LISTS)("exports the list %s in both formats", async (list) => {
  const pool = await aPool();
  await act("reset", await aPendingRule(pool, "1.0.0.1"));
  await aPendingRule(pool, "1.0.0.1");
  await createTestDevice(aContext(), {
    siteName: null,
    name: "lab",
    identifierType: "MACAddress",
    identifier: "0004F2000176",
  });

  const rows = await exportedRows({ list });
  const csv = readCsvRecords(await exported({ list }));

  expect(csv).toHaveLength(rows.length + 1);
  expect(new Set(csv.map((record) => record.length)).size).toBe(1);
});

test("exports retired phones and roll-outs as their lists show them", async () => {
  await storeChecks([aRecord({ macAddress: "0004F2000176", serialNumber: "S1" })]);
  const [phone] = await db.device.findMany();
  await retirePhones(aContext(), { deviceIds: [phone?.id ?? ""], reason: "lost" });
  const pool = await aPool();
  await act("approve", await aPendingRule(pool, "1.0.0.1"), { reason: "tried" });

  expect(await exportedRows({ list: "retired-devices", query: { q: "s1" } })).toMatchObject([
    { macAddress: "00-04-F2-00-01-76", retiredBy: aContext().actor.name, reason: "lost" },
  ]);
  expect(await exportedRows({ list: "retired-devices", query: { q: "s2" } })).toEqual([]);
  expect(await exportedRows({ list: "roll-outs", query: { state: "under_way" } })).toMatchObject([
    { kind: "approval", toVersion: "1.0.0.1", reason: "tried", endedAt: null },
  ]);
  expect(await exportedRows({ list: "roll-outs", query: { state: "halted" } })).toEqual([]);
});

test("an export of rules names rejections, as a REST client asks for it", async () => {
  const pool = await aPool();
  await act("reset", await aPendingRule(pool, "1.0.0.1"), { reason: "display flickers" });
  await aPendingRule(pool, "1.0.0.1");
  const request = new Request("http://panel/api/rules?view=pending", {
    headers: { accept: "text/csv" },
  });
  const format = wantedExport(request);

  expect(format).toBe("csv");
  const response = await answerExport(aContext(), request, { list: "rules", format: "csv" });

  expect(response.headers.get("content-disposition")).toContain('filename="rules.csv"');
  expect(await response.text()).toContain("display flickers");
  expect(wantedExport(new Request("http://panel/api/rules"))).toBeNull();
  expect(() => wantedExport(new Request("http://panel/api/rules?format=xml"))).toThrow();
});
