import { beforeEach, describe, expect, test } from "vitest";
import { listAuditEntries } from "#foundation/audit/server/list-audit-entries";
import { listCaptures } from "#phones/captures/server/list-captures";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import { listChecks } from "#phones/check-log/server/list-checks";
import { aContext } from "#foundation/core/testing/contexts";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { listDevices } from "#phones/inventory/server/list-devices";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { listUserHomes } from "#phones/home-pools/server/list-user-homes";
import { listImports } from "#firmware/imports/server/list-imports";
import { describeLogs, listLogs } from "#phones/device-logs/server/list-logs";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Pool } from "#fleet/pools/model";
import { ALL_RULES } from "#firmware/rules/search-params";
import { listRules } from "#firmware/rules/server/list-rules";
import { aPool, anUpdate, CX600, importInto } from "#firmware/rules/testing/rules";
import { listTestDevices } from "#fleet/test-devices/server/list-test-devices";

// Every list that can be searched or filtered, and the behaviour that all of them share.

const AT = new Date("2026-11-22T08:00:00Z");
const EVERY_LOG = {
  q: "",
  type: [],
  pool: [],
  from: "",
  to: "",
  sort: "at",
  order: "desc",
  page: 1,
} as const;

let pool: Pool;

/** Each list has two items: one by `CONTOSO\adamb`, and one with `100%_` in its text. */
const LISTS: Readonly<Record<string, (q: string) => Promise<number>>> = {
  devices: async (q) => (await listDevices(aContext(), { ...EVERY_DEVICE, q })).total,
  checks: async (q) => (await listChecks(aContext(), { ...EVERY_CHECK, q })).total,
  logs: async (q) => (await listLogs(aContext(), { ...EVERY_LOG, q })).total,
  rules: async (q) =>
    (await listRules(aContext(), { view: "all", search: { ...ALL_RULES, q } })).total,
  imports: async (q) =>
    (
      await listImports(aContext(), {
        q,
        state: [],
        sort: "createdAt",
        order: "desc",
        page: 1,
      })
    ).total,
  audit: async (q) =>
    (
      await listAuditEntries(aContext(), {
        q,
        kind: ["account"],
        subject: "",
        order: "desc",
        page: 1,
      })
    ).total,
  captures: async (q) =>
    (await listCaptures(aContext(), { q, reason: [], sort: "at", order: "desc", page: 1 })).total,
  "home pools": async (q) =>
    (await listUserHomes(aContext(), { q, sort: "sipAddress", order: "asc", page: 1 })).total,
  "test devices": async (q) =>
    (await listTestDevices(aContext(), { q, sort: "name", order: "asc", page: 1 })).total,
};

beforeEach(async () => {
  await emptyTables();
  pool = await aPool("pool01.contoso.com");
  await storeChecks([
    aRecord({ serialNumber: "A1", macAddress: "0004F2000176", userName: "CONTOSO\\adamb" }),
    aRecord({
      serialNumber: "B2",
      userName: "100%_",
      hardware: { ...CX600, brand: "Polycom", model: "cx600" },
      poolId: pool.id,
    }),
  ]);
  for (const [index, text] of ["CONTOSO\\adamb", "100%_"].entries()) {
    await fill(index, text);
  }
});

async function fill(index: number, text: string): Promise<void> {
  await importInto(
    [pool],
    [
      anUpdate({
        hardware: { ...CX600, brand: index === 0 ? "POLYCOM" : "Polycom", locale: `L${index}` },
      }),
    ],
  );
  const locale = `L${index}`;
  await db.updateRule.updateMany({ where: { locale }, data: { importedBy: text } });
  await db.deviceLog.create({
    data: {
      at: AT,
      deviceType: "UCPhone",
      brand: "POLYCOM",
      model: "CX600",
      side: "internal",
      address: "10.0.0.7",
      userName: text,
      logType: index === 0 ? "CELog" : "celog",
      extension: ".clg",
      fileName: `file${index}`,
      givenName: "a.clg",
      sizeBytes: 1,
    },
  });
  await db.importJob.create({
    data: {
      state: "succeeded",
      fileName: "a.cab",
      sizeBytes: 1,
      upload: "u",
      notes: text,
      createdByName: "anna",
      createdAt: AT,
    },
  });
  await db.auditEntry.create({
    data: {
      at: AT,
      actorKind: "person",
      actorName: text,
      action: "account.created",
      subjectKind: "account",
      subjectId: `id${index}`,
      subjectName: "x",
      facts: {},
      requestId: "request",
      previousHash: `p${index}`,
      hash: `h${index}`,
    },
  });
  await db.capture.create({
    data: {
      at: AT,
      reason: "unknown_model",
      side: "internal",
      dialect: "lync",
      address: "10.0.0.7",
      method: "POST",
      target: `/${text}`,
      headers: [],
      body: new Uint8Array(),
      status: 200,
    },
  });
  await db.userHome.create({
    data: { sipAddress: `u${index}`, poolId: pool.id, userName: text, updatedBy: "anna" },
  });
  await db.testDevice.create({
    data: {
      name: text,
      scopeKey: `global/${index}`,
      identifierType: "SerialNumber",
      identifier: `S${index}`,
      createdAt: AT,
      createdBy: "anna",
    },
  });
}

describe.each(Object.entries(LISTS))("a search in %s", (_name, count) => {
  test("treats wildcards as plain characters, and ignores case and surrounding blanks", async () => {
    expect(await count("")).toBe(2);
    expect(await count("CONTOSO\\adamb")).toBe(1);
    expect(await count("  contoso\\ADAMB ")).toBe(1);
    expect(await count("\\")).toBe(1);
    expect(await count("%_")).toBe(1);
    expect(await count("100%%")).toBe(0);
    expect(await count("a_amb")).toBe(0);
    expect(await count("CONTOSO%adamb")).toBe(0);
  });

  test("finds nothing for text that the database cannot store or that is too long", async () => {
    expect(await count("adamb\0")).toBe(0);
    expect(await count("\uD800")).toBe(0);
    expect(await count("a".repeat(100_000))).toBe(0);
  });
});

test("filters devices, checks and rules without regard to case, as rules match phones", async () => {
  const devices = await listDevices(aContext(), { ...EVERY_DEVICE, model: ["cX600"] });
  expect(devices.total).toBe(2);
  expect((await listChecks(aContext(), { ...EVERY_CHECK, model: ["Cx600"] })).total).toBe(2);
  const rules = await listRules(aContext(), {
    view: "all",
    search: { ...ALL_RULES, brand: ["polycom"], model: ["cx600"], pool: ["POOL01.contoso.com"] },
  });
  expect(rules.total).toBe(2);
  expect((await listLogs(aContext(), { ...EVERY_LOG, type: ["CELOG"] })).total).toBe(2);
});

test("a filter treats wildcards as plain characters", async () => {
  for (const model of ["%", "CX60_", "CX600%", "CX600\\", "CX600\0"]) {
    expect((await listDevices(aContext(), { ...EVERY_DEVICE, model: [model] })).total).toBe(0);
    expect((await listChecks(aContext(), { ...EVERY_CHECK, model: [model] })).total).toBe(0);
    const search = { ...ALL_RULES, model: [model] };
    expect((await listRules(aContext(), { view: "all", search })).total).toBe(0);
  }
});

test("lists each filter value once, in one spelling", async () => {
  expect((await listDeviceFacets(aContext())).models).toEqual(["CX600"]);
  expect((await describeLogs(aContext())).types).toEqual(["CELog"]);
  const { facets } = await listRules(aContext(), { view: "all", search: ALL_RULES });
  expect(facets.brand).toEqual(["POLYCOM"]);
});

test("refuses an unknown pool, and finds a pool without regard to case", async () => {
  const unknown = { pool: ["pool01.contoso.com", "pool99.contoso.com"] };
  const refusal = {
    code: "invalid_input",
    reason: { code: "unknown_pool", fqdn: "pool99.contoso.com" },
  };
  await expect(listDevices(aContext(), { ...EVERY_DEVICE, ...unknown })).rejects.toMatchObject(
    refusal,
  );
  await expect(listChecks(aContext(), { ...EVERY_CHECK, ...unknown })).rejects.toMatchObject(
    refusal,
  );
  await expect(listLogs(aContext(), { ...EVERY_LOG, ...unknown })).rejects.toMatchObject(refusal);
  const search = { ...ALL_RULES, ...unknown };
  await expect(listRules(aContext(), { view: "all", search })).rejects.toMatchObject(refusal);

  const known = { pool: ["POOL01.Contoso.com"] };
  expect((await listDevices(aContext(), { ...EVERY_DEVICE, ...known })).total).toBe(1);
  expect((await listChecks(aContext(), { ...EVERY_CHECK, ...known })).total).toBe(1);
});

test("returns the last page for any page number beyond it", async () => {
  const page = Number.MAX_SAFE_INTEGER;
  const search = { ...ALL_RULES, page };
  expect((await listRules(aContext(), { view: "all", search })).page).toBe(1);
  expect((await listDevices(aContext(), { ...EVERY_DEVICE, page })).page).toBe(1);
});
